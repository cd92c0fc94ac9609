interface Props {
  label: string;
  options: readonly { value: string; text: string }[];
  value: string;
  choose: (value: string) => void;
}

/** One of several, by a list that opens. */
export function Choice({ label, options, value, choose }: Props) {
  return (
    <label class="choice">
      <span class="quiet">{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map((option) => (
          <option value={option.value} key={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
