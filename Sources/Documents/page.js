"use strict";

// Makes an element; properties are set, `dataset` and attributes with a hyphen included.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "scope") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

// What steers a display instead of standing on it, such as a turn of direction, shown as its number.
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => "\\u{" + found.codePointAt(0).toString(16) + "}");
}

function counted(count, noun) {
  return count + " " + noun + (count === 1 ? "" : "s");
}

// A click, or Enter or the space bar on what has the focus.
function onPress(pressed, act) {
  pressed.addEventListener("click", act);
  pressed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}

// Tables whose headings are buttons: a click sorts by the column, another turns the order round.
function makeSortable(table) {
  const headings = Array.from(table.querySelectorAll("th"));
  headings.forEach((heading, column) => {
    onPress(heading.querySelector(".sort"), () => {
      const order = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", order);
      sortRows(table.tBodies[0], column, order === "ascending" ? 1 : -1);
    });
  });
}

// The number that a text begins with, as in "47.79 [43.7, 52.0]", "[43.7, 52.0]" and "< 0.0001"; NaN where there is none.
function figureOf(text) {
  const found = text.match(/^[<[\s]*([-+]?\d+(\.\d+)?(e[-+]?\d+)?)(?![\w-])/i);
  return found ? Number(found[1]) : Number.NaN;
}

// Numbers sort as numbers where every text of the column is one, a dash or nothing; those stay at the end either way.
function sortRows(body, column, direction) {
  const keyed = Array.from(body.rows).map((row) => {
    const text = row.cells[column].textContent.trim();
    return { row, text, figure: figureOf(text) };
  });
  const holdsFigures = keyed.every((entry) => !Number.isNaN(entry.figure) || ["", "–"].includes(entry.text));
  keyed.sort((a, b) => {
    if (!holdsFigures) return direction * a.text.localeCompare(b.text, "en", { numeric: true });
    if (Number.isNaN(a.figure) || Number.isNaN(b.figure)) return Number.isNaN(a.figure) - Number.isNaN(b.figure);
    return direction * (a.figure - b.figure);
  });
  body.append(...keyed.map((entry) => entry.row));
}

// Of several cells one is shown; a list chooses which.
function offerChoice(sections) {
  const list = element("select", { id: "cell-choice" });
  for (const section of sections) {
    list.append(element("option", { value: section.dataset.cell }, section.dataset.name));
  }
  const show = () => {
    for (const section of sections) section.hidden = section.dataset.cell !== list.value;
  };
  list.addEventListener("change", show);
  show();
  sections[0].before(element("p", { className: "choice" }, element("label", { htmlFor: list.id }, "Cell: "), list));
}

// A field of the confusion matrix lists its clips.
function makeMatrixClickable(section, answers) {
  const rows = answers.cells[section.dataset.cell];
  const fields = Array.from(section.querySelectorAll("g[data-label]"));
  if (!fields.length) return;
  const figure = fields[0].closest("figure");
  if (!rows) {
    figure.after(element("p", { className: "hint" }, "These clips are listed in predictions.csv alone."));
    return;
  }
  const place = element("div", { className: "clips", hidden: true, "aria-live": "polite" });
  figure.after(element("p", { className: "hint" }, "A click on a field of the matrix lists its clips."), place);
  figure.querySelector("svg").setAttribute("role", "group");
  for (const field of fields) {
    field.setAttribute("role", "button");
    field.setAttribute("tabindex", "0");
    field.setAttribute("aria-pressed", "false");
    field.setAttribute("aria-label", field.querySelector("title").textContent);
    const choose = () => {
      for (const other of fields) other.setAttribute("aria-pressed", String(other === field));
      listClips(place, answers, rows, Number(field.dataset.label), Number(field.dataset.predicted));
    };
    onPress(field, choose);
  }
}

const clipsAtATime = 200;

// The clips with one label and one answer, those of which the head was surest first.
function listClips(place, answers, cell, label, predicted) {
  const found = cell.rows.filter((row) => row[2] === label && row[3] === predicted);
  found.sort((a, b) => b[4 + predicted] - a[4 + predicted]);
  const names = cell.classes.map(visible);
  const title = counted(found.length, "clip") + " of " + names[label] + " answered as " + names[predicted];
  place.replaceChildren(element("h3", {}, title));
  place.hidden = false;
  if (!found.length) return;
  const headings = ["clip", "speaker", "fold"].map((text) => element("th", { scope: "col" }, text));
  const shares = names.map((name) => element("th", { scope: "col", className: "figures" }, name + " %"));
  const body = element("tbody");
  const head = element("thead", {}, element("tr", {}, ...headings, ...shares));
  place.append(element("div", { className: "table" }, element("table", {}, head, body)));
  const more = element("button", { className: "more" });
  const extend = () => {
    const next = found.slice(body.rows.length, body.rows.length + clipsAtATime);
    body.append(...next.map((row) => clipRow(answers, cell, row)));
    more.textContent = "Show more of " + found.length;
    more.hidden = body.rows.length === found.length;
  };
  more.addEventListener("click", extend);
  place.append(element("p", {}, more));
  extend();
  noteAbsentAudio(place);
}

function clipRow(answers, cell, [clip, fold, label, predicted, ...shares]) {
  const path = answers.paths[clip];
  const name = element("td", {}, element("code", {}, visible(path)));
  const link = answers.links.find(([prefix]) => path.startsWith(prefix));
  if (link) name.append(player(link[1], path.slice(link[0].length), path));
  const row = element("tr", {}, name, element("td", {}, visible(answers.speakers[clip])), element("td", {}, visible(cell.folds[fold])));
  shares.forEach((share, index) => {
    const field = element("td", { className: "share" }, (share / 100).toFixed(1));
    if (index === label || index === predicted) field.classList.add("label");
    field.style.setProperty("--share", share / 10000);
    row.append(field);
  });
  return row;
}

// The way is the clip's path in its corpus, which may lack what stands before it where there are several.
function player(root, way, path) {
  const source = root + way.split("/").map(encodeURIComponent).join("/");
  const audio = element("audio", { controls: true, preload: "none", src: source });
  audio.setAttribute("aria-label", "play " + visible(path));
  audio.addEventListener("error", () => audio.remove());
  return audio;
}

// A clip that is not at hand has nothing to play. The first clip is asked at once, the others when they are played.
function noteAbsentAudio(place) {
  const first = place.querySelector("audio");
  if (!first) return;
  first.addEventListener("error", () => {
    for (const audio of place.querySelectorAll("audio")) audio.preload = "metadata";
    place.append(element("p", { className: "note" }, "Clips without a player are not where they were when this was written."));
  });
  first.preload = "metadata";
}

for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);
const sections = Array.from(document.querySelectorAll("section.cell"));
if (sections.length > 1) offerChoice(sections);
const answers = document.getElementById("answers");
if (answers) {
  const known = JSON.parse(answers.textContent);
  for (const section of sections) makeMatrixClickable(section, known);
}
