import type { ComponentChildren } from "preact";

interface Props {
  tabs: readonly { id: string; title: string }[];
  shown: string;
  show: (id: string) => void;
  children: ComponentChildren;
}

/** Pages of the panel; arrow keys walk through them. */
export function Tabs({ tabs, shown, show, children }: Props) {
  const step = (by: number): void => {
    const at = tabs.findIndex(({ id }) => id === shown);
    const next = tabs[(at + by + tabs.length) % tabs.length]!.id;
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label="Pages">
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            id={`tab-${id}`}
            role="tab"
            aria-selected={id === shown}
            aria-controls="page"
            tabIndex={id === shown ? 0 : -1}
            onClick={() => show(id)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") step(1);
              if (event.key === "ArrowLeft") step(-1);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="page" role="tabpanel" aria-labelledby={`tab-${shown}`}>
        {children}
      </div>
    </>
  );
}
