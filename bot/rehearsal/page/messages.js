// Messages as elements. Text and entities become nodes, never markup, so nothing a bot sends can run here.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span", hashtag: "span", mention: "span",
};
const MEDIA = ["photo", "document", "sticker", "voice", "location", "contact", "poll"];
const MARKS = { document: "▤", sticker: "", voice: "◖", location: "⌖", contact: "☺", poll: "▥" };
const COLLAPSED_LENGTH = 180;
const ASKS = /^[AB]/; // the buttons of a question in a report begin like this

/** The element of one message. `deeds` are what its parts do when pressed. */
export function messageElement(message, view) {
  const item = make("li", message.from.is_bot ? "message theirs" : "message mine");
  item.dataset.id = message.message_id;
  const card = item.appendChild(make("article", "card"));
  const who = card.appendChild(make("p", "out-of-sight"));
  who.textContent = message.from.is_bot ? message.from.first_name : view.words.you;
  for (const kind of MEDIA) if (message[kind]) card.append(mediaElement(kind, message[kind], view));
  const text = message.text ?? message.caption;
  if (text) {
    const body = card.appendChild(make("div", "text"));
    body.append(...formatted(text, message.entities ?? message.caption_entities ?? [], view));
  }
  card.append(footElement(message, view));
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) item.append(keyboardElement(rows, message, view));
  item.classList.toggle("asks", rows.flat().some((button) => ASKS.test(button.callback_data ?? "")));
  return item;
}

function footElement(message, view) {
  const foot = make("p", "foot");
  if (!message.from.is_bot && message.text && !message.via_bot) {
    const change = foot.appendChild(make("button", "change"));
    change.type = "button";
    change.textContent = "✎";
    change.setAttribute("aria-label", view.words.change);
    change.addEventListener("click", () => view.deeds.change(message));
  }
  if (message.via_bot) foot.appendChild(make("span")).textContent = `@${message.via_bot.username}`;
  if (message.edit_date) foot.appendChild(make("span", "edited")).textContent = view.words.edited;
  const time = foot.appendChild(make("time"));
  const date = new Date((message.edit_date ?? message.date) * 1000);
  time.dateTime = date.toISOString();
  time.textContent = date.toLocaleTimeString(view.language, { hour: "2-digit", minute: "2-digit" });
  return foot;
}

function keyboardElement(rows, message, view) {
  const keyboard = make("div", "keyboard");
  for (const row of rows) {
    const line = keyboard.appendChild(make("div", "row"));
    for (const button of row) {
      const pressable = line.appendChild(make("button", "key"));
      pressable.type = "button";
      pressable.append(button.text);
      if (button.style) pressable.classList.add(button.style);
      if (button.url && !view.payload(button.url)) {
        pressable.appendChild(make("span", "key-mark")).textContent = "↗";
        pressable.appendChild(make("span", "out-of-sight")).textContent = ` (${view.words.opensSite})`;
      } else if ("switch_inline_query" in button || "switch_inline_query_current_chat" in button) {
        const mark = pressable.appendChild(make("span", "key-mark"));
        mark.textContent = "⌕";
        mark.setAttribute("aria-hidden", "true");
      }
      pressable.addEventListener("click", () => view.deeds.press(button, message, pressable));
    }
  }
  return keyboard;
}

function mediaElement(kind, media, view) {
  if (kind === "photo") {
    const picture = make("img", "picture");
    picture.src = view.fileUrl(media.at(-1).file_id);
    picture.alt = view.words.photo;
    return picture;
  }
  const element = make("p", `media ${kind}`);
  const mark = element.appendChild(make("span", "media-mark"));
  mark.textContent = kind === "sticker" ? media.emoji ?? "★" : MARKS[kind];
  mark.setAttribute("aria-hidden", "true");
  const named = { document: media.file_name, poll: media.question, contact: media.first_name }[kind];
  if (kind === "document") {
    const link = element.appendChild(make("a"));
    link.href = view.fileUrl(media.file_id);
    link.download = media.file_name ?? "";
    link.textContent = named;
  } else {
    element.append(named ?? view.words[kind]);
  }
  return element;
}

/** Nodes for a text with entities. Offsets count UTF-16 units, as JavaScript's strings do. */
function formatted(text, entities, view) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, view);
}

function pieces(text, begin, end, entities, view) {
  const nodes = [];
  let at = begin;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inner = [];
    next += 1;
    while (next < entities.length && entities[next].offset < to) inner.push(entities[next++]);
    if (to <= from) continue;
    if (from > at) nodes.push(text.slice(at, from));
    const element = entityElement(entity, text.slice(from, to), view);
    element.append(...pieces(text, from, to, inner, view));
    nodes.push(entity.type === "expandable_blockquote" ? expandable(element, view) : element);
    at = to;
    if (/blockquote|pre/.test(entity.type) && text[at] === "\n") at += 1;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function entityElement(entity, words, view) {
  if (entity.type === "text_link" || entity.type === "url" || entity.type === "email") {
    return linkElement(entity.type === "email" ? `mailto:${words}` : entity.url ?? words, view);
  }
  if (entity.type === "bot_command") {
    const command = make("button", "in-text");
    command.type = "button";
    command.addEventListener("click", () => view.deeds.say(words));
    return command;
  }
  const element = make(TAGS[entity.type] ?? "span", entity.type);
  if (entity.type === "spoiler") {
    element.tabIndex = 0;
    element.addEventListener("click", () => element.classList.add("shown"));
  }
  return element;
}

function linkElement(url, view) {
  const payload = view.payload(url);
  if (payload) {
    const link = make("button", "in-text");
    link.type = "button";
    link.addEventListener("click", () => view.deeds.follow(payload));
    return link;
  }
  if (!/^(https?|mailto):/i.test(url)) return make("span", "link-without-target");
  const link = make("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/** A long quotation, folded until somebody wants to read it. */
function expandable(quote, view) {
  if (quote.textContent.length < COLLAPSED_LENGTH) return quote;
  const frame = make("div", "folding");
  const toggle = make("button", "in-text unfold");
  toggle.type = "button";
  const show = (open) => {
    quote.classList.toggle("folded", !open);
    toggle.textContent = open ? view.words.showLess : view.words.showAll;
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => show(quote.classList.contains("folded")));
  show(false);
  frame.append(quote, toggle);
  return frame;
}

export function make(tag, className = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}
