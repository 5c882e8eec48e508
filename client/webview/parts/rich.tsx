/** A sentence in which text between backticks is code and text between two asterisks is bold. Nothing else is interpreted. */
export function Rich({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(`[^`]*`|\*\*[^*]+\*\*)/).map((part, index) => {
        if (part.startsWith("`") && part.endsWith("`") && part.length > 1)
          return <code key={index}>{part.slice(1, -1)}</code>;
        return part.startsWith("**") && part.endsWith("**") && part.length > 4 ? (
          <b key={index}>{part.slice(2, -2)}</b>
        ) : (
          part
        );
      })}
    </>
  );
}
