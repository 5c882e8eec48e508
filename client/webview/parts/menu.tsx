/** A menu of what can be done with the thing that was pointed at. There is one at a time. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  readonly icon: IconName;
  readonly text: string;
  readonly key?: string;
  readonly run: () => void;
}

interface OpenMenu {
  readonly title: string;
  /** `null` is a rule between groups. */
  readonly items: readonly (MenuItem | null)[];
  readonly x: number;
  readonly y: number;
  /** Where the focus goes back to. */
  readonly back: HTMLElement | null;
}

const open = signal<OpenMenu | null>(null);

/** Opens a menu at the pointer, or below the element that was activated by key. */
export function openMenu(at: MouseEvent | Element | null, title: string, items: readonly (MenuItem | null)[]): void {
  const event = at instanceof MouseEvent ? at : null;
  event?.preventDefault();
  event?.stopPropagation();
  const anchor = at instanceof Element ? at : ((event?.currentTarget as Element | null) ?? null);
  const box = anchor?.getBoundingClientRect();
  const byPointer = event !== null && (event.clientX !== 0 || event.clientY !== 0);
  const back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  open.value = {
    title,
    items,
    x: byPointer ? event.clientX : (box?.left ?? 0) + 16,
    y: byPointer ? event.clientY : (box?.bottom ?? 0),
    back,
  };
}

export function closeMenu(): void {
  const back = open.value?.back;
  open.value = null;
  back?.focus();
}

export function Menu() {
  const box = useRef<HTMLDivElement>(null);
  const shown = open.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (!shown || !element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(4, Math.min(shown.x, innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(4, shown.y + height > innerHeight - 4 ? shown.y - height : shown.y)}px`;
    element.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const away = (event: PointerEvent): void => {
      if (!element.contains(event.target as Node)) open.value = null;
    };
    addEventListener("pointerdown", away, true);
    return () => removeEventListener("pointerdown", away, true);
  }, [shown]);
  if (!shown) return null;
  const move = (by: number): void => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + by + all.length) % all.length]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Home")
      move(-[...(box.current?.querySelectorAll("[role=menuitem]") ?? [])].indexOf(document.activeElement!));
    else if (event.key === "Escape" || event.key === "Tab") closeMenu();
    else {
      const item = shown.items.find((one) => one?.key?.toLowerCase() === event.key.toLowerCase());
      if (!item || event.ctrlKey || event.metaKey) return;
      closeMenu();
      item.run();
    }
    event.preventDefault();
  };
  return (
    <div class="menu" role="menu" aria-label={shown.title} data-part="menu" ref={box} onKeyDown={onKeyDown}>
      <p class="title">{shown.title}</p>
      {shown.items.map((item, index) =>
        item === null ? (
          <hr key={index} />
        ) : (
          <button
            key={index}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onPointerMove={(event) => event.currentTarget.focus()}
            onClick={() => {
              closeMenu();
              item.run();
            }}
          >
            <Icon name={item.icon} />
            {item.text}
            {item.key && <span class="key">{item.key}</span>}
          </button>
        ),
      )}
    </div>
  );
}
