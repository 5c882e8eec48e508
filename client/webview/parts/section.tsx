/** A part below the picture that can be folded and remembers it. */
import type { ComponentChildren } from "preact";
import { isOpen, setOpen } from "../state/trying.ts";
import { Icon } from "./icon.tsx";

interface Props {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

export function Section({ id, title, note, open: otherwise = true, children }: Props) {
  const open = isOpen(id, otherwise);
  return (
    <section class="section" id={id} data-part={id}>
      <h2>
        <button type="button" aria-expanded={open} aria-controls={`${id}-body`} onClick={() => setOpen(id, !open)}>
          <Icon name={open ? "down" : "right"} class="chevron" />
          {title}
          {note && <small>{note}</small>}
        </button>
      </h2>
      <div id={`${id}-body`} hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}
