// The page of a bundle: its folder is chosen, then receipts; nothing leaves the computer.
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const findings = document.getElementById("findings");
  const state = document.getElementById("state");
  const SIGNS = { true: "✓", false: "✗", null: "–" };
  const CANNOT = ["cannot_invented", "cannot_split", "cannot_time", "cannot_withheld"];
  let lang = navigator.language.startsWith("en") ? "en" : "ar";
  let told = [];
  let verdict = "";

  const said = (code, holds, params = {}) =>
    words[code][lang][{ true: 0, false: 1, null: 2 }[holds]].replace(/%\((\w+)\)s/g, (_all, name) =>
      [params[name]].flat().join(", "),
    );

  function line(sign, sentence, kind) {
    const item = document.createElement("li");
    const mark = document.createElement("b");
    mark.textContent = sign;
    const text = document.createElement("span");
    text.textContent = sentence;
    item.append(mark, text);
    item.className = kind;
    return item;
  }

  function show() {
    document.documentElement.lang = lang;
    document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
    document.title = said("page_title", true);
    document.getElementById("language").textContent = lang === "ar" ? "English" : "العربية";
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = said(each.dataset.say, true);
    state.textContent = verdict && said(...verdict);
    const kinds = { true: "holds", false: "fails", null: "soft" };
    findings.replaceChildren(
      ...told.map((each) => line(SIGNS[each.holds], said(each.code, each.holds, each.params), kinds[each.holds])),
    );
    document.getElementById("cannot").replaceChildren(...CANNOT.map((code) => line("–", said(code, true), "soft")));
  }

  const bytes = async (file) => new Uint8Array(await file.arrayBuffer());

  // A great bundle takes some seconds: each finding is shown when it is made.
  async function tell(found) {
    for await (const each of found) {
      told.push(each);
      show();
    }
  }

  async function check() {
    const chosen = [...document.getElementById("files").files];
    told = [];
    verdict = "";
    if (!chosen.length) return show();
    if (!(await raddRecord.able())) verdict = ["page_unable", true];
    else {
      verdict = ["page_working", true];
      show();
      try {
        const named = await Promise.all(chosen.map(async (file) => [file.name, await bytes(file)]));
        const bundle = await raddRecord.readBundle(new Map(named));
        await tell(raddRecord.bundleFindings(bundle));
        for (const file of document.getElementById("receipts").files) {
          await tell(raddRecord.against(await bytes(file), bundle));
        }
      } catch (error) {
        told.push(raddRecord.finding("files", false, { what: error.message }));
      }
      verdict = ["verdict", told.every((each) => each.holds !== false)];
    }
    show();
  }

  document.getElementById("language").addEventListener("click", () => {
    lang = lang === "ar" ? "en" : "ar";
    show();
  });
  for (const id of ["files", "receipts"]) document.getElementById(id).addEventListener("change", check);
  show();
})();
