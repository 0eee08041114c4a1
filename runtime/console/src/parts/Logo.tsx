/** The fish mouth: one river comes in from the left and is divided. */
export function Logo({ size = 32 }: { size?: number }) {
  return <img src="/logo.svg" width={size} height={size} alt="" />;
}
