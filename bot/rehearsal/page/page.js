// The chat page: one person in front of the bot. It speaks to the stage's control API and listens to its events.

import { make, messageElement } from "./messages.js";
import { translate, wordsFor } from "./words.js";

const TYPING_MS = 5000;
const TOAST_MS = 3500;
const INLINE_PAUSE_MS = 250;
const LARGEST_FILE_MB = 50;
const $ = (id) => document.getElementById(id);

const self = {
  id: Number(localStorage.getItem("focal.person") ?? 0),
  name: "Guest",
  language: localStorage.getItem("focal.language") ?? firstLanguage(),
};
const show = { state: null, cast: [], suggestions: {}, source: null, editing: null, drawer: null, typing: 0, toast: 0, inline: 0, shift: null };
const view = {
  words: wordsFor(self.language),
  language: self.language,
  payload: startPayload,
  fileUrl: (id) => `stage/people/${self.id}/files/${encodeURIComponent(id)}`,
  deeds: { press, change: beginEditing, say, start, follow },
};

function firstLanguage() {
  const wanted = navigator.language.split("-")[0];
  return ["en", "zh", "fr"].includes(wanted) ? wanted : "en";
}

// -- the stage -------------------------------------------------------------------------------------------------

async function open() {
  const settings = await fetch("stage/settings").then((answer) => answer.json());
  show.cast = settings.cast;
  show.suggestions = settings.suggestions;
  if (settings.now) showTime(settings.now);
  play(show.cast.find((one) => one.id === self.id) ?? show.cast[0]);
}

/** The stage's time is the reader's own, shifted; it goes on by itself. */
function showTime(now) {
  show.shift = new Date(now) - new Date();
  $("time").hidden = false;
  drawTime();
}

function drawTime() {
  if (show.shift === null) return;
  const now = new Date(Date.now() + show.shift);
  $("now").dateTime = now.toISOString();
  $("now").textContent = now.toLocaleString(self.language, { dateStyle: "full", timeStyle: "short" });
}

async function travel(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const buttons = [...$("jumps").children];
  buttons.forEach((one) => { one.disabled = true; });
  $("now").textContent = view.words.travelling;
  const answer = await fetch("stage/travel", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ hours: Number(button.value) }),
  }).catch(() => null);
  if (answer?.ok) showTime((await answer.json()).now);
  else { drawTime(); toast(view.words.failed); }
  buttons.forEach((one) => { one.disabled = false; });
}

/** From now on the page is this member of the cast; each keeps their own chat. */
function play(one) {
  become({ id: one.id, name: localStorage.getItem(`focal.name.${one.id}`) ?? one.name });
}

function listen() {
  show.source?.close();
  const who = new URLSearchParams({ name: self.name, language: self.language });
  const source = new EventSource(`stage/people/${self.id}/events?${who}`);
  show.source = source;
  const on = (kind, then) => source.addEventListener(kind, (event) => then(JSON.parse(event.data)));
  source.addEventListener("open", () => { $("lost").hidden = true; });
  source.addEventListener("error", () => {
    $("lost").hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  });
  on("state", drawState);
  on("message", (message) => { if (message.from.is_bot) stopTyping(); putMessage(message); });
  on("edited", (message) => { stopTyping(); putMessage(message); });
  on("deleted", (gone) => find(gone.message_id)?.remove());
  on("typing", startTyping);
  on("callback_answer", showAnswer);
}

async function ask(deed, body = {}) {
  const answer = await fetch(`stage/people/${self.id}/${deed}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return answer.json();
  toast(answer?.status === 504 ? view.words.noAnswer : view.words.failed);
  return null;
}

// -- what a person does ------------------------------------------------------------------------------------------

function say(text) { return ask("say", { text }); }
function start(payload) { return ask("start", { payload }); }

/** {start: payload, group: into a group} for a deep link to this bot, null for every other address. */
function startPayload(url) {
  const parts = URL.canParse(url) ? new URL(url) : null;
  const here = parts && ["t.me", "telegram.me"].includes(parts.host)
    && parts.pathname.slice(1).toLowerCase() === show.state?.bot.username.toLowerCase();
  return here ? { start: parts.searchParams.get("start") ?? "", group: parts.searchParams.has("startgroup") } : null;
}

function follow(payload) {
  if (payload.group) toast(view.words.noGroups);
  else start(payload.start);
}

async function press(button, message, element) {
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (button.url) {
    const payload = startPayload(button.url);
    if (payload) follow(payload);
    else window.open(button.url, "_blank", "noopener,noreferrer");
  } else if (inline !== undefined) {
    $("text").value = `@${show.state.bot.username} ${inline}`;
    $("text").focus();
    grow();
    lookInline();
  } else if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
    toast(view.words.copied);
  } else {
    element.classList.add("waiting");
    setTimeout(() => element.classList.remove("waiting"), 2500);
    ask("press", { button: button.callback_data ?? button.text, message_id: message.message_id });
  }
}

function beginEditing(message) {
  show.editing = message.message_id;
  $("editing").hidden = false;
  $("text").value = message.text;
  $("text").focus();
  grow();
}

function stopEditing() {
  show.editing = null;
  $("editing").hidden = true;
}

async function send(event) {
  event?.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  closeDrawer();
  $("text").value = "";
  grow();
  const edited = show.editing;
  stopEditing();
  if (edited) await ask("edit", { message_id: edited, text });
  else await say(text);
}

// -- what a person sees ------------------------------------------------------------------------------------------

function drawState(state) {
  show.state = state;
  $("lost").hidden = true;
  $("bot-name").textContent = state.bot.first_name;
  $("bot-about").textContent = state.blocked ? view.words.blocked : state.bot.short_description || `@${state.bot.username}`;
  $("block").textContent = state.blocked ? view.words.unblock : view.words.block;
  $("block").dataset.words = state.blocked ? "unblock" : "block";
  $("welcome-text").textContent = state.bot.description || view.words.welcome;
  $("log").replaceChildren(...state.messages.map((message) => messageElement(message, view)));
  drawSuggestions();
  drawWelcome();
  toNewest();
}

function drawWelcome() { $("welcome").hidden = $("log").childElementCount > 0; }

/** Whether the newest message of the bot is a question of a report, to which no suggestion is an answer. */
function isAsked() {
  return [...$("log").querySelectorAll(".theirs")].at(-1)?.classList.contains("asks") ?? false;
}

function drawSuggestions() {
  const offered = isAsked() ? [] : show.suggestions[self.language] ?? show.suggestions.en
    ?? (show.state?.commands ?? []).slice(0, 4).map((command) => `/${command.command}`);
  $("suggestions").replaceChildren(...offered.map((words) => {
    const item = make("li");
    const chip = item.appendChild(make("button", "chip"));
    chip.type = "button";
    chip.textContent = words;
    chip.addEventListener("click", () => say(words));
    return item;
  }));
}

function find(messageId) { return $("log").querySelector(`[data-id="${messageId}"]`); }

function putMessage(message) {
  const near = isNearNewest();
  const fresh = messageElement(message, view);
  const old = find(message.message_id);
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    fresh.classList.add("touched");
    if (focused) (fresh.querySelector(".key") ?? $("text")).focus({ preventScroll: true });
  } else {
    fresh.classList.add("entering");
    $("log").append(fresh);
  }
  drawSuggestions();
  drawWelcome();
  if (old) { if (near) toNewest(); } else if (near || !message.from.is_bot) toNewest(); else $("newest").hidden = false;
}

function isNearNewest(within = 160) {
  const house = $("house");
  return house.scrollHeight - house.scrollTop - house.clientHeight < within;
}

function toNewest() {
  $("newest").hidden = true;
  const house = $("house");
  house.scrollTop = house.scrollHeight;
}

function startTyping() {
  $("typing").hidden = false;
  clearTimeout(show.typing);
  show.typing = setTimeout(stopTyping, TYPING_MS);
  if (isNearNewest()) toNewest();
}

function stopTyping() { $("typing").hidden = true; }

function showAnswer(answer) {
  for (const key of document.querySelectorAll(".key.waiting")) key.classList.remove("waiting");
  const payload = answer.url ? startPayload(answer.url) : null;
  if (payload) follow(payload);
  if (!answer.text) return;
  if (answer.show_alert) {
    $("alert-text").textContent = answer.text;
    $("alert").showModal();
  } else {
    toast(answer.text);
  }
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(show.toast);
  show.toast = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}

// -- the drawer above the composer: commands, things to send, inline results ----------------------------------------

function openDrawer(kind, opener, entries) {
  if (show.drawer === kind && kind !== "inline") { closeDrawer(); return; }
  closeDrawer();
  show.drawer = kind;
  opener?.setAttribute("aria-expanded", "true");
  const list = make("ul", `choices ${kind}`);
  for (const entry of entries) {
    const choice = list.appendChild(make("li")).appendChild(make("button", "choice"));
    choice.type = "button";
    choice.appendChild(make("span", "choice-title")).textContent = entry.title;
    if (entry.about) choice.appendChild(make("span", "choice-about")).textContent = entry.about;
    choice.addEventListener("click", () => { closeDrawer(); entry.then(); });
  }
  const empty = kind === "inline" ? view.words.noResults : view.words.noCommands;
  $("drawer").replaceChildren(entries.length ? list : Object.assign(make("p", "nothing"), { textContent: empty }));
  const near = isNearNewest();
  $("drawer").hidden = false;
  $("suggestions").hidden = true;
  if (near) toNewest();
}

function closeDrawer() {
  show.drawer = null;
  $("drawer").hidden = true;
  $("suggestions").hidden = false;
  for (const opener of [$("commands"), $("more")]) opener.setAttribute("aria-expanded", "false");
}

function openCommands() {
  openDrawer("commands", $("commands"), (show.state?.commands ?? []).map((command) => ({
    title: `/${command.command}`, about: command.description, then: () => say(`/${command.command}`),
  })));
}

function openMore() {
  const own = [["document", "own-file"], ["photo", "own-photo"]].map(([kind, input]) => ({
    title: view.words[kind], about: view.words.ofYours, then: () => $(input).click(),
  }));
  const samples = ["document", "photo"].map((kind) => ({
    title: view.words[kind], about: view.words.sample,
    then: () => ask("send", kind === "photo" ? { kind, content: paintPhoto() } : { kind }),
  }));
  const others = ["sticker", "voice", "location", "contact", "poll"].map((kind) => ({
    title: view.words[kind], then: () => ask("send", { kind }),
  }));
  openDrawer("more", $("more"), [...own, ...samples, ...others]);
}

/** Sends files of the person's own, one message each, as Telegram does. */
async function sendFiles(files, asPhotos = false) {
  for (const file of files) {
    if (file.size > LARGEST_FILE_MB * 2 ** 20) { toast(view.words.tooLarge); continue; }
    const picture = asPhotos ? await asPhoto(file) : null;
    if (picture) await ask("send", { kind: "photo", content: picture });
    else await sendDocument(file);
  }
}

async function sendDocument(file) {
  const content = await contentOf(file).catch(() => null);
  if (content === null) toast(view.words.failed); // a folder, or a file that is gone
  else await ask("send", { kind: "document", name: file.name, type: file.type, content });
}

/** The bytes of a file in base64; nothing for an empty one. */
function contentOf(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(file);
  });
}

/** A picture as Telegram passes photos on: a JPEG of at most 1280 pixels a side. Null where it is no picture. */
async function asPhoto(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return canvas.toDataURL("image/jpeg", 0.87).split(",")[1];
}

function carriesFiles(event) { return [...event.dataTransfer?.types ?? []].includes("Files"); }

function drop(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // beside the chat too: the browser would leave the page to show the file
  const over = event.target.closest(".stage") !== null;
  $("stage").classList.toggle("dropping", over && event.type === "dragover");
  if (over && event.type === "drop") sendFiles([...event.dataTransfer.files]);
}

/** A small picture to send, as base64: a hill, a sun, a river. */
function paintPhoto() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 400 });
  const brush = canvas.getContext("2d");
  const shapes = [
    ["#f6e7cf", () => brush.rect(0, 0, 640, 400)], ["#f2a65a", () => brush.arc(470, 130, 46, 0, 7)],
    ["#2f7f78", () => brush.ellipse(180, 400, 330, 190, 0, 0, 7)],
    ["#0e5c58", () => brush.ellipse(520, 430, 300, 170, 0, 0, 7)],
    ["#b9dcd5", () => brush.ellipse(330, 400, 60, 110, 0.5, 0, 7)],
  ];
  for (const [colour, trace] of shapes) {
    brush.fillStyle = colour;
    brush.beginPath();
    trace();
    brush.fill();
  }
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}

/** While `@bot words` is being typed, its inline results. */
function lookInline() {
  clearTimeout(show.inline);
  const name = `@${show.state?.bot.username ?? ""} `.toLowerCase();
  const typed = $("text").value;
  if (!typed.toLowerCase().startsWith(name)) {
    if (show.drawer === "inline") closeDrawer();
    return;
  }
  show.inline = setTimeout(async () => {
    const answer = await ask("inline", { query: typed.slice(name.length).trim() });
    if (!answer || $("text").value !== typed) return;
    openDrawer("inline", null, answer.results.map((result) => ({
      title: result.title, about: result.description,
      then: () => {
        $("text").value = "";
        grow();
        ask("choose", { inline_query_id: answer.inline_query_id, result_id: result.id });
      },
    })));
  }, INLINE_PAUSE_MS);
}

// -- the person --------------------------------------------------------------------------------------------------

function drawPerson() {
  view.words = wordsFor(self.language);
  view.language = self.language;
  document.documentElement.lang = self.language;
  translate(document, view.words);
  $("name").value = self.name;
  $("person-name").textContent = self.name;
  $("person-language").textContent = self.language.toUpperCase();
  document.querySelector(`input[name="language"][value="${self.language}"]`).checked = true;
  drawCast();
  drawTime();
}

function drawCast() {
  $("cast").replaceChildren(...show.cast.map((one) => {
    const label = make("label");
    const choice = label.appendChild(make("input"));
    Object.assign(choice, { type: "radio", name: "cast", value: one.id, checked: one.id === self.id });
    choice.addEventListener("change", () => play(one));
    const words = label.appendChild(make("span"));
    words.textContent = view.words.cast[one.key] ?? one.name;
    return label;
  }));
}

function become(changes) {
  Object.assign(self, changes);
  localStorage.setItem("focal.person", self.id);
  localStorage.setItem(`focal.name.${self.id}`, self.name);
  localStorage.setItem("focal.language", self.language);
  drawPerson();
  listen();
}

function openWings(open) {
  document.body.classList.toggle("wings-open", open);
  $("person").setAttribute("aria-expanded", String(open));
}

function grow() {
  const text = $("text");
  text.rows = Math.min(5, text.value.split("\n").length);
}

$("composer").addEventListener("submit", send);
$("text").addEventListener("input", () => { grow(); lookInline(); });
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  if (event.key === "Escape") { stopEditing(); closeDrawer(); }
});
$("commands").addEventListener("click", openCommands);
$("more").addEventListener("click", openMore);
for (const [input, asPhotos] of [["own-file", false], ["own-photo", true]]) {
  $(input).addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = ""; // so that the same file can be chosen again
    await sendFiles(files, asPhotos);
  });
}
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, drop);
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) $("stage").classList.remove("dropping"); });
$("start").addEventListener("click", () => start(""));
$("newest").addEventListener("click", toNewest);
$("stop-editing").addEventListener("click", () => { stopEditing(); $("text").value = ""; grow(); });
$("block").addEventListener("click", () => ask(show.state?.blocked ? "unblock" : "block"));
$("jumps").addEventListener("click", travel);
setInterval(drawTime, 20000);
$("house").addEventListener("scroll", () => { if (isNearNewest()) $("newest").hidden = true; });
$("name").addEventListener("change", (event) => become({ name: event.target.value.trim() || "Guest" }));
$("log").addEventListener("load", () => { if (isNearNewest(400)) toNewest(); }, true);
$("person").addEventListener("click", () => openWings(!document.body.classList.contains("wings-open")));
$("house").addEventListener("click", () => openWings(false));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") openWings(false); });
for (const choice of document.querySelectorAll('input[name="language"]')) {
  choice.addEventListener("change", () => become({ language: choice.value }));
}

drawPerson();
open();
