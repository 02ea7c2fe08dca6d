"use strict";
// Chooses language and scenario, draws the charts of what is shown, and writes their numbers as tables.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const languages = Object.keys(data.languages);
  const state = { language: languages[0], scenario: data.first };
  let turn = 0; // the latest drawing; older ones stop when they see that they are late

  const page = () => document.querySelector(`.page[data-language="${state.language}"]`);
  const words = () => data.languages[state.language];

  // --- rows of each kind of chart ----------------------------------------------------------------

  const both = (c, i) => ({ t: c.t ? c.t[i] : undefined, x: c.x[i], base: c.baseline[i], other: c.scenario[i] });
  const lines = (c, w, more) =>
    c.x.flatMap((_, i) => [
      { ...both(c, i), who: w.baseline, value: c.baseline[i], ...(more ? more(i) : {}) },
      { ...both(c, i), who: w.scenario, value: c.scenario[i] },
      ...(c.projected ? [{ ...both(c, i), who: w.words.projected, value: c.projected[i] }] : []),
    ]);
  const oneLine = (text) => text.replaceAll("\n", " ");
  const broken = (text, width) => {
    const found = [];
    for (const word of text.split(" ")) {
      const last = found.at(-1);
      if (last !== undefined && (last + " " + word).length <= width) found[found.length - 1] = last + " " + word;
      else found.push(word);
    }
    return found.length > 3 ? [...found.slice(0, 2), found[2] + " …"].join("\n") : found.join("\n");
  };
  const narrow = () => window.innerWidth < 600;
  const plain = (v, w, digits = 4) =>
    v === null || v === undefined
      ? "–"
      : new Intl.NumberFormat(w.locale, { maximumSignificantDigits: Math.max(digits, String(Math.trunc(Math.abs(v))).length) }).format(v);

  const rows = {
    level: (c, w) =>
      lines(c, w, (i) => ({ low: c.low[i], high: c.high[i], ...(c.capacity ? { capacity: c.capacity[i] } : {}) })),
    difference: (c) =>
      c.x.map((x, i) => ({
        x, t: c.t[i], d: c.d[i], low: c.d_low[i], high: c.d_high[i],
        ...(c.reach_low ? { reach_low: c.reach_low[i], reach_high: c.reach_high[i] } : {}),
      })),
    worst: (c, w) => lines(c, w),
    // null breaks the line, and has words of its own for the pointer: as a number it would be 0 %.
    ceac: (c, w) =>
      c.x.map((x, i) => {
        const [both, drawn] = [c.both[i], c.parameters ? c.parameters[i] : null];
        return { x, both, parameters: drawn, told_both: share(both, w), told_parameters: share(drawn, w) };
      }),
    exceed: (c, w) => lines(c, w).map((row) => ({ ...row, t: String(row.x) })),
    dots: (c, w) => {
      const titles = w.levels[c.axis] || {};
      return c.rows.map((row, order) => {
        const name = titles[row.level] || row.level.replaceAll("_", " ");
        const digits = Math.abs(row.baseline) < 10 ? 2 : 3;
        return { ...row, order, name, base: row.baseline, label: broken(`${name} (${plain(row.baseline, w, digits)})`, narrow() ? 22 : 30) };
      });
    },
    stairs: (c, w, chart) => {
      const ranks = ["first", "baseline", "scenario"];
      return c.map((row) => ({
        ...row, step: w.steps[row.step],
        when: whens(w, chart)[ranks.indexOf(row.when)], rank: ranks.indexOf(row.when),
      }));
    },
    stack: (c, w) =>
      Object.keys(w.steps).flatMap((step, order) =>
        c.x.map((x, i) => ({ x, t: c.t[i], order, step: oneLine(w.steps[step]), persons: c.steps[step][i] })),
      ),
    flows: (c, w) => ribbons(c, w),
    who: (c, w) =>
      c.map((row) => ({
        age: w.ages[row.age] || row.age, order: Object.keys(w.ages).indexOf(row.age), sex: w.sexes[row.sex],
        better: row.better, worse: -row.worse, lost: row.worse, persons: row.persons,
      })),
    kinds: (c, w) => {
      const all = c.reduce((sum, row) => sum + row.count, 0);
      const share = new Intl.NumberFormat(w.locale, { style: "percent" });
      return c.map((row, order) => ({
        ...row, order, kind: w.kinds[row.kind] || row.kind, weak: row.kind === "assumption",
        told: `${row.count} (${share.format(row.count / all)})`,
      }));
    },
  };

  // Ribbons from the ends at the left, stacked from the least help at home to the most, to those at
  // the right; their edges follow 3t² - 2t³.
  const GAP = 0.08; // between ends, as a share of all
  const POINTS = 24;
  function ribbons(c, w) {
    const all = c.reduce((sum, r) => sum + r.persons, 0);
    const sides = [["from", "left", 0], ["to", "right", 1]];
    const ends = sides.flatMap(([key, side, x]) => {
      let at = 0;
      return [...new Set(c.map((r) => r[key]))].map((id) => {
        const persons = c.filter((r) => r[key] === id).reduce((sum, r) => sum + r.persons, 0);
        const end = { key, id, side, x, top: at, bottom: at + persons, middle: at + persons / 2, used: at };
        const name = key === "from" ? w.words.at_home[id] : (w.levels.service || {})[id] || id;
        end.text = `${broken(name, narrow() ? 14 : 26)}\n${plain(persons, w, 2)}`;
        at += persons + GAP * all;
        return end;
      });
    });
    const end = (key, id) => ends.find((e) => e.key === key && e.id === id);
    const ranks = [...new Set(c.map((r) => r.from))];
    const links = c.filter((r) => r.persons > 0).flatMap((r, link) => {
      const [a, b] = [end("from", r.from), end("to", r.to)];
      const [from, to] = [a.used, b.used];
      a.used += r.persons;
      b.used += r.persons;
      const name = `${w.words.at_home[r.from]} → ${(w.levels.service || {})[r.to] || r.to}`;
      return Array.from({ length: POINTS + 1 }, (_, i) => {
        const x = i / POINTS;
        const top = from + (to - from) * x * x * (3 - 2 * x);
        return { link, rank: ranks.indexOf(r.from), x, top, bottom: top + r.persons, name, persons: r.persons };
      });
    });
    return [...links, ...ends.map(({ side, x, top, bottom, middle, text }) => ({ side, x, top, bottom, middle, text }))];
  }

  const whens = (w, chart) => {
    const t = chart.stack.baseline.t;
    return [
      w.words.first.replace("{year}", t[0]),
      w.words.last_baseline.replace("{year}", t.at(-1)),
      w.words.last_scenario.replace("{year}", t.at(-1)),
    ];
  };

  const parameters = {
    stack: (c, w, chart) => {
      const tops = ["baseline", "scenario"].flatMap((who) =>
        chart.stack[who].x.map((_, i) => Object.values(chart.stack[who].steps).reduce((sum, v) => sum + v[i], 0)),
      );
      const size = 10 ** Math.floor(Math.log10(Math.max(...tops, 1)));
      return { top: (Math.ceil((Math.max(...tops) / size) * 2) / 2) * size };
    },
    flows: (c, w, chart) => {
      const needed = ["baseline", "scenario"].map((who) => {
        const most = Math.max(...["from", "to"].map((key) => new Set(chart.flows[who].map((r) => r[key])).size));
        return chart.flows[who].reduce((sum, r) => sum + r.persons, 0) * (1 + GAP * (most - 1));
      });
      return { limit: Math.max(...needed), beside: narrow() ? 0.9 : 0.7 };
    },
    stairs: (c) => ({ most: Math.max(1, ...c.map((row) => row.persons)) * (narrow() ? 1.25 : 1.06) }),
    who: (c) => ({ span: Math.max(1, ...c.flatMap((row) => [row.better, row.worse])) * 1.05 }),
  };

  const rowHeights = { dots: 46, kinds: 26 };

  // --- drawing -----------------------------------------------------------------------------------

  async function draw(element, mine) {
    const w = words();
    const chart = data.charts[state.scenario];
    const figure = element.closest("figure").dataset.figure;
    const [kind, part] = element.dataset.kind.split(":");
    const numbers = part ? chart[figure][part] : chart[figure];
    const more = { level: numbers.capacity && "limited", difference: numbers.reach_low && "reaching" };
    const spec = structuredClone(w.specifications[more[kind] || kind]);
    spec.datasets = { ...(spec.datasets || {}), rows: rows[kind](numbers, w, chart) };
    const set = parameters[kind] ? parameters[kind](numbers, w, chart) : {};
    for (const parameter of spec.params || []) if (parameter.name in set) parameter.value = set[parameter.name];
    if (kind in rowHeights) spec.height = rowHeights[kind] * spec.datasets.rows.length;
    spec.config = { ...spec.config, font: getComputedStyle(document.body).fontFamily };
    const done = await vegaEmbed(element, spec, {
      renderer: "svg", actions: false, formatLocale: w.number, tooltip: { theme: "light" },
    });
    // The figure's text and table say what the drawing shows; its parts would only be read as noise.
    for (const part of element.querySelectorAll("svg, svg [role]")) {
      for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
    }
    for (const svg of element.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
    if (mine !== turn) done.finalize();
  }

  // Draws what is not folded away, and says on the document how many charts stand there.
  async function drawIn(where, mine) {
    for (const element of where.querySelectorAll(".chart")) {
      if (element.closest("details.more:not([open])")) continue;
      await draw(element, mine);
      if (mine !== turn) return;
    }
    document.documentElement.dataset.drawn = String(page().querySelectorAll(".chart svg").length);
  }

  function drawAll() {
    const mine = ++turn;
    document.documentElement.dataset.drawn = "";
    for (const details of page().querySelectorAll("details.numbers[open]")) fill(details);
    for (const element of page().querySelectorAll("details.more:not([open]) .chart")) element.replaceChildren();
    return drawIn(page(), mine);
  }

  // --- numbers as tables -------------------------------------------------------------------------

  const columns = {
    trend: (c, w) => [
      [w.words.year, w.baseline, w.scenario, ...(c.projected ? [w.words.projected] : []), w.words.difference, w.words.low, w.words.high],
      c.t.map((t, i) => [
        t, c.baseline[i], c.scenario[i], ...(c.projected ? [c.projected[i]] : []), c.d[i], c.d_low[i], c.d_high[i],
      ]),
    ],
    dots: (c, w) => [
      [w.words.category, w.baseline, w.words.difference, w.words.low, w.words.high],
      rows.dots(c, w).map((r) => [r.name, r.base, r.d, r.low, r.high]),
    ],
    flows: (c, w) => [
      [w.words.category, ...["baseline", "scenario"].map((who) => `${w.words.persons_a_year} (${w[who].toLowerCase()})`)],
      c.baseline.map((r, i) => [
        `${w.words.at_home[r.from]} → ${(w.levels.service || {})[r.to] || r.to}`, r.persons, c.scenario[i].persons,
      ]),
    ],
    worst: (c, w) => [[w.words.year, w.baseline, w.scenario], c.t.map((t, i) => [t, share(c.baseline[i], w), share(c.scenario[i], w)])],
    exceed: (c, w) => [
      [w.words.exceed_x, w.baseline, w.scenario],
      c.x.map((x, i) => [String(x), share(c.baseline[i], w), share(c.scenario[i], w)]),
    ],
    ceac: (c, w) => [
      [w.words.ceac_x, ...(c.parameters ? [w.words.ceac_parameters] : []), w.words.ceac_both],
      c.x.map((x, i) => [plain(x, w), ...(c.parameters ? [share(c.parameters[i], w)] : []), share(c.both[i], w)]),
    ],
    stairs: (c, w, chart) => [
      [w.words.step, ...whens(w, chart)],
      Object.keys(w.steps).map((step) => [oneLine(w.steps[step]), ...c.filter((r) => r.step === step).map((r) => r.persons)]),
    ],
    stack: (c, w) => [
      [w.words.year, ...["baseline", "scenario"].flatMap((who) => Object.keys(w.steps).map((s) => `${oneLine(w.steps[s])} (${w[who].toLowerCase()})`))],
      c.baseline.t.map((t, i) => [t, ...["baseline", "scenario"].flatMap((who) => Object.keys(w.steps).map((s) => c[who].steps[s][i]))]),
    ],
    who: (c, w) => [
      [w.words.age, w.words.sex, w.words.better, w.words.worse, w.words.persons],
      c.map((r) => [w.ages[r.age] || r.age, w.sexes[r.sex], r.better, r.worse, Math.round(r.persons)]),
    ],
    kinds: (c, w) => [[w.words.category, w.words.count], c.map((r) => [w.kinds[r.kind] || r.kind, r.count])],
  };
  const share = (v, w) => (v === null ? "–" : new Intl.NumberFormat(w.locale, { style: "percent" }).format(v));

  function fill(details) {
    const figure = details.closest("figure");
    const w = words();
    const chart = data.charts[state.scenario];
    const [head, body] = columns[figure.classList[0]](chart[figure.dataset.figure], w, chart);
    const table = document.createElement("table");
    const line = (cells, tag, into) => {
      const row = into.insertRow();
      cells.forEach((cell, i) => {
        const element = document.createElement(i === 0 ? "th" : tag);
        if (element.tagName === "TH") element.scope = tag === "th" ? "col" : "row";
        element.textContent = typeof cell === "number" || cell === null ? plain(cell, w) : cell;
        row.append(element);
      });
    };
    line(head, "th", table.createTHead());
    const rest = table.createTBody();
    for (const cells of body) line(cells, "td", rest);
    details.querySelector(".scroll").replaceChildren(table);
  }

  // --- what is shown -----------------------------------------------------------------------------

  function show() {
    for (const each of document.querySelectorAll(".page")) each.hidden = each.dataset.language !== state.language;
    for (const each of document.querySelectorAll("[data-scenario]")) each.hidden = each.dataset.scenario !== state.scenario;
    for (const each of document.querySelectorAll(".choose")) each.value = state.scenario;
    for (const each of document.querySelectorAll("[data-policy]")) each.setAttribute("aria-current", each.dataset.policy === state.scenario);
    document.documentElement.lang = state.language;
    document.title = page().dataset.title;
    try {
      history.replaceState(null, "", `#${state.language}/${state.scenario}`);
    } catch {
      // Some viewers of mail give the page no address.
    }
    return drawAll();
  }

  function fromAddress() {
    const [language, scenario] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (languages.includes(language)) state.language = language;
    if (data.scenarios.includes(scenario)) state.scenario = scenario;
  }

  for (const button of document.querySelectorAll(".languages button")) {
    button.addEventListener("click", () => {
      state.language = button.dataset.to;
      show();
      page().querySelector(`.languages button[data-to="${state.language}"]`).focus({ preventScroll: true });
    });
  }
  for (const select of document.querySelectorAll(".choose")) {
    select.addEventListener("change", () => {
      state.scenario = select.value;
      show();
    });
  }
  for (const link of document.querySelectorAll("[data-policy]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      state.scenario = link.dataset.policy;
      show();
      page().querySelector(".answer h2").focus();
    });
  }
  for (const details of document.querySelectorAll("details.more")) {
    details.addEventListener("toggle", () => details.open && drawIn(details, turn));
  }
  for (const details of document.querySelectorAll("details.numbers")) {
    details.addEventListener("toggle", () => details.open && fill(details));
  }
  window.addEventListener("hashchange", () => {
    const before = `${state.language}/${state.scenario}`;
    fromAddress();
    if (before !== `${state.language}/${state.scenario}`) show();
  });
  for (const language of languages) data.languages[language].locale = language === "nb" ? "nb-NO" : "en-GB";
  fromAddress();
  show();
})();
