/** What one side of a document has, beside the other. */
export const SideFacts = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) => (
  <div className="min-w-0 flex-1 basis-48 rounded-s border border-line bg-sunken px-3 py-2">
    <p className="said font-medium">{title}</p>
    {lines.map((line) => (
      <p key={line} className="num said text-small text-text-2">
        {line}
      </p>
    ))}
  </div>
);
