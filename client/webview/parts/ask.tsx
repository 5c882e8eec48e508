/** A small question in place: a number or a text, with what it is now. There is one at a time. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../messages/words.ts";

interface Question {
  readonly title: string;
  readonly value: string;
  readonly unit: string;
  readonly number: boolean;
  readonly answer: (value: string) => void;
  readonly x: number;
  readonly y: number;
  readonly back: HTMLElement | null;
}

const open = signal<Question | null>(null);

/** Asks below an element, or in the middle where there is none; an empty answer and Escape change nothing. */
export function ask(
  at: Element | null,
  question: Pick<Question, "title" | "value" | "answer"> & Partial<Pick<Question, "unit" | "number">>,
): void {
  const box = at?.getBoundingClientRect();
  const back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  open.value = {
    unit: "",
    number: false,
    ...question,
    x: box?.left ?? innerWidth / 2 - 100,
    y: box?.bottom ?? innerHeight / 3,
    back,
  };
}

function close(): void {
  const back = open.value?.back;
  open.value = null;
  back?.focus();
}

export function Ask() {
  const box = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const shown = open.value;
  useLayoutEffect(() => {
    if (!shown || !box.current) return;
    const { width, height } = box.current.getBoundingClientRect();
    box.current.style.left = `${Math.max(4, Math.min(shown.x, innerWidth - width - 4))}px`;
    box.current.style.top = `${Math.max(4, Math.min(shown.y + 4, innerHeight - height - 4))}px`;
    input.current?.select();
  }, [shown]);
  if (!shown) return null;
  return (
    <form
      class="ask"
      role="dialog"
      aria-label={shown.title}
      data-part="ask"
      ref={box}
      onSubmit={(event) => {
        event.preventDefault();
        const value = input.current?.value.trim() ?? "";
        close();
        if (value !== "" && value !== shown.value) shown.answer(value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
      }}
    >
      <label>
        <span>{shown.title}</span>
        <input
          ref={input}
          defaultValue={shown.value}
          {...(shown.number ? { type: "number", min: 0, step: "any" } : { type: "text" })}
        />
        {shown.unit}
      </label>
      <button type="submit" class="button">
        {say("ok")}
      </button>
      <button type="button" class="button second" onClick={close}>
        {say("cancel")}
      </button>
    </form>
  );
}
