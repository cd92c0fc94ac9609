import type { TableSummary } from "../../../core/views/table-summary";
import type { Filter } from "./filter";

interface Props {
  table: TableSummary;
  filter: Filter;
  change: (filter: Filter) => void;
  count: number;
  /** Goes from the search to the first tile that was found. */
  enter: () => void;
}

/** The search and the traits. */
export function Filters({ table, filter, change, count, enter }: Props) {
  const toggle = (trait: string): void => {
    const { traits } = filter;
    const on = traits.includes(trait);
    change({ ...filter, traits: on ? traits.filter((other) => other !== trait) : [...traits, trait] });
  };
  return (
    <div class="filters" role="search" aria-label="Methods">
      <input
        type="search"
        placeholder="Search methods, authors, terms"
        aria-label="Search methods"
        value={filter.search}
        onInput={(event) => change({ ...filter, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          enter();
          event.preventDefault();
        }}
      />
      {table.traits.map((trait) => (
        <button
          key={trait}
          class="chip"
          aria-pressed={filter.traits.includes(trait)}
          onClick={() => toggle(trait)}
        >
          {trait}
        </button>
      ))}
      <span class="quiet" role="status">
        {count} of {table.methods.length}
      </span>
    </div>
  );
}
