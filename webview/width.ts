/** How much room a part of the page has. */
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** The width of an element, in pixels, at once and whenever it changes; unlimited before the first drawing. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(Infinity);
  useLayoutEffect(() => {
    const measure = (): void => setWidth(element.current!.getBoundingClientRect().width);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
