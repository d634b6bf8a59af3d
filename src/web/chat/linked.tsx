const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}])/g;

/** Text whose web addresses can be followed. */
export function Linked({ text }: { text: string }) {
  // The group makes split keep the addresses, at the odd places.
  return (
    <>
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <a key={index} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ),
      )}
    </>
  );
}
