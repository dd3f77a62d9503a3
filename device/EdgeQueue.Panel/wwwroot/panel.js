"use strict";
const $ = (selector, root = document) => root.querySelector(selector);
const made = new Map(); // element of each unit or zone, by its key
const language = navigator.language.slice(0, 2);
const text = names => names[language] ?? names.en ?? Object.values(names)[0];

function clone(template, key, parent) {
  const node = $(template).content.firstElementChild.cloneNode(true);
  node.dataset.key = key;
  parent.append(node);
  made.set(key, node);
  return node;
}

async function send(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) alert(await answer.text());
}

const press = (unit, key, pad = false) => send("press", { unit, key, pad });

function keypad(box, keys, unit, pad) {
  for (const k of keys) {
    const button = document.createElement("button");
    button.append(k.cap);
    if (k.does) button.append(Object.assign(document.createElement("small"), { textContent: k.does }));
    button.style.gridArea = `${k.row} / ${k.column} / span ${k.height} / span ${k.width}`;
    button.classList.toggle("main", k.main);
    button.dataset[pad ? "pad" : "press"] = k.code;
    button.addEventListener("click", () => press(unit, k.code, pad));
    box.append(button);
  }
}

function dispenser(model) {
  const card = clone("#dispenser-template", model.unit, $(".dispensers"));
  $(".name", card).textContent = `Dispenser ${model.unit.split("/")[0].replace(/^dispenser-?/, "")}`;
  for (const b of model.buttons) {
    const button = document.createElement("button");
    const label = document.createElement("span");
    label.dir = "auto";
    label.textContent = b.language ? b.names[b.language] ?? text(b.names) : text(b.names);
    const asks = { people: "asks how many", person: "asks for a phone number", case: "asks for the case" };
    const more = [
      b.segment && text(b.segment), b.language && new Intl.DisplayNames([b.language], { type: "language" }).of(b.language),
      ...b.attributes, b.people && `${b.people} people`, ...b.steps.map(s => `then ${text(s)}`), ...b.asks.map(a => asks[a]),
    ];
    if (more.some(Boolean)) label.append(Object.assign(document.createElement("small"), { textContent: more.filter(Boolean).join(" · ") }));
    button.append(label, Object.assign(document.createElement("b"), { textContent: b.prefix }));
    button.dataset.press = b.key;
    button.addEventListener("click", () => press(model.unit, b.key));
    $(".buttons", card).append(button);
  }
  for (const box of card.querySelectorAll("[data-fault]"))
    box.addEventListener("change", () => send("printer", {
      unit: model.unit,
      faults: [...card.querySelectorAll("[data-fault]:checked")].map(b => b.dataset.fault),
    }));
  desk(card, model);
  faults(model.unit, model.faults);
  lamp(model.unit, model.lamp);
  model.tickets.forEach(t => ticket({ unit: model.unit, url: t }));
}

// What a dispenser may have besides its buttons: two lines, a number pad, a scanner, a voice.
function desk(card, model) {
  $(".screen", card).hidden = $(".chip", card).hidden = !model.chip;
  $(".chip", card).textContent = model.chip ?? "";
  if (model.screen) display({ unit: model.unit, view: model.screen });
  $(".desk", card).hidden = !model.pad && !model.scanner;
  if (model.pad) keypad($(".desk .keypad", card), model.pad, model.unit, true);
  const scanner = $(".scanner", card);
  scanner.hidden = !model.scanner;
  scanner.addEventListener("submit", e => {
    e.preventDefault();
    if (scanner.code.value) send("scan", { unit: model.unit, text: scanner.code.value });
    scanner.code.select();
  });
  $(".voice", card).hidden = !model.sounds;
  model.sounds?.forEach(s => sound({ unit: model.unit, ...s, old: true }));
}

function counter(model) {
  const card = clone("#counter-template", model.id, $(".counters"));
  $(".name", card).textContent = `Counter ${model.number}`;
  $(".chip", card).textContent = model.chip ?? "";
  if (model.display) { made.set(model.display, card); if (model.view) display({ unit: model.display, view: model.view }); }
  if (!model.keypad) { $(".keypad", card).remove(); $(".hint", card).remove(); return; }
  made.set(model.keypad, card);
  lamp(model.keypad, model.lamp);
  keypad($(".keypad", card), model.keys, model.keypad, false);
  $(".hint summary", card).textContent = `${model.hint} · all orders`;
  for (const o of model.orders)
    $(".hint dl", card).append(
      Object.assign(document.createElement("dt"), { textContent: o.keys }), Object.assign(document.createElement("dd"), { textContent: o.does }));
}

function zone(model) {
  const card = clone("#zone-template", model.unit, $(".zones"));
  $(".name", card).textContent = text(model.names);
  model.sounds.forEach(s => sound({ unit: model.unit, ...s, old: true }));
}

const lamp = (unit, lit) => { const l = $(".lamp", made.get(unit)); if (l) l.classList.toggle("lit", lit); };
const display = e => Displays.draw($(".display, .screen", made.get(e.unit)), e.view);
const faults = (unit, list) => made.get(unit).querySelectorAll("[data-fault]").forEach(b => { b.checked = list.includes(b.dataset.fault); });

function ticket(e) {
  const paper = $(".paper", made.get(e.unit));
  $(".empty", paper)?.remove();
  const figure = document.createElement("figure");
  figure.append(Object.assign(document.createElement("img"), { src: e.url, alt: "printed ticket" }));
  paper.prepend(figure);
  while (paper.children.length > 12) paper.lastElementChild.remove();
}

const playing = new Map(); // what each zone still has to play, in order
function sound(e) {
  const card = made.get(e.unit), list = $(".sounds", card);
  $(".empty", list)?.remove();
  const item = document.createElement("li");
  const audio = Object.assign(document.createElement("audio"), { src: e.url, controls: true, preload: "metadata" });
  item.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: `${e.at} · ${e.seconds.toFixed(1)} s` }), audio);
  list.prepend(item);
  while (list.children.length > 8) list.lastElementChild.remove();
  audio.addEventListener("play", () => card.classList.add("playing"));
  for (const over of ["pause", "ended", "error"]) audio.addEventListener(over, () => card.classList.remove("playing"));
  if (e.old || !$("#listen").checked) return;
  // One after another: a loudspeaker does not talk over itself.
  playing.set(e.unit, (playing.get(e.unit) ?? Promise.resolve()).then(() => new Promise(done => {
    for (const over of ["ended", "error"]) audio.addEventListener(over, done, { once: true });
    audio.play().catch(done);
  })));
}

function build(model) {
  for (const section of document.querySelectorAll("main > section")) section.replaceChildren();
  made.clear();
  $("#branch").textContent = text(model.name);
  if (model.hub) { $("#hub").href = model.hub; $("#hub").hidden = false; }
  model.dispensers.forEach(dispenser);
  model.counters.forEach(counter);
  model.zones.forEach(zone);
}

const events = new EventSource("events");
const on = (name, act) => events.addEventListener(name, e => act(JSON.parse(e.data)));
const link = (state, words) => { const p = $("#link"); p.className = "pill " + state; p.textContent = words; };
events.onopen = () => link("on", "live");
events.onerror = () => link("", "panel is gone, trying again …");
on("all", build);
on("display", display);
on("lamp", e => lamp(e.unit, e.lit));
on("printer", e => faults(e.unit, e.faults));
on("ticket", ticket);
on("sound", sound);
