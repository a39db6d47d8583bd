// A part of a page that the portal wrote, put where it belongs. The one way in which a script
// takes markup into a page: what is parsed so runs nothing, and text is set as text elsewhere.

export function show(place, markup) {
  const page = new DOMParser().parseFromString(markup, "text/html");
  place.replaceChildren(...page.body.childNodes);
}
