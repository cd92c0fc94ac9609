import { useEffect, useState } from "preact/hooks";

/**
 * A number that changes with the colour theme, for what is drawn on a canvas: VS Code changes classes and styles of the
 * page, a browser its colour scheme.
 */
export function useTheme(): number {
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const changed = (): void => setTheme((count) => count + 1);
    const observer = new MutationObserver(changed);
    for (const element of [document.documentElement, document.body])
      observer.observe(element, { attributes: true, attributeFilter: ["class", "style"] });
    const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) =>
      matchMedia(query),
    );
    for (const scheme of schemes) scheme.addEventListener("change", changed);
    return () => {
      observer.disconnect();
      for (const scheme of schemes) scheme.removeEventListener("change", changed);
    };
  }, []);
  return theme;
}
