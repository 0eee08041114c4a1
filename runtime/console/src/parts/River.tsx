/** Streamlines that part around the fish mouth; an ornament, told to nobody. */
export function River({ className }: { className?: string }) {
  const lines = [-3, -2, -1, 1, 2, 3];
  return (
    <svg className={className} viewBox="0 0 1200 160" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      {lines.map((n) => {
        const y = 80 + n * 9;
        const far = 80 + Math.sign(n) * (18 + Math.abs(n) * 17);
        return <path key={n} d={`M-10 ${y}C220 ${y} 300 ${y} 420 ${y}S620 ${far} 820 ${far}S1100 ${far} 1210 ${far}`} />;
      })}
      <path className="mouth" d="M452 80C560 52 700 60 1210 62V98C700 100 560 108 452 80Z" />
    </svg>
  );
}
