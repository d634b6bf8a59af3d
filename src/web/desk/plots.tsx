interface Bar {
  name: string;
  count: number;
  /** Beyond what is aimed at. */
  late?: boolean;
}

const HEIGHT = 14;

/**
 * Bars beside their names and numbers. The drawing says nothing that the words do not, so that the
 * list is read out as it stands.
 */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul class="bars">
      {bars.map(({ name, count, late }) => (
        <li key={name} class="bar">
          <span class="bar-name">{name}</span>
          <svg
            class={late ? 'bar-late' : ''}
            viewBox={`0 0 100 ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect class="bar-ground" width="100" height={HEIGHT} rx="2" />
            <rect class="bar-fill" width={(100 * count) / most} height={HEIGHT} rx="2" />
          </svg>
          <span class="bar-count">{count}</span>
        </li>
      ))}
    </ul>
  );
}
