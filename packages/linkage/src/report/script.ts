/**
 * Finds and orders the pairs; opens them all before printing. The page reads without it: the tools stay hidden. It reads
 * what the page holds, and puts nothing into it but what was there.
 */
export const SCRIPT = `
(function () {
  var tools = document.getElementById('pair-tools');
  var list = document.getElementById('pair-list');
  if (!tools || !list) return;
  var pairs = Array.from(list.children);
  var find = document.getElementById('pair-find');
  var sort = document.getElementById('pair-sort');
  var count = document.getElementById('pair-count');
  function plain(text) { return text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase(); }
  var texts = pairs.map(function (pair) { return plain(pair.textContent); });
  function show() {
    var words = plain(find.value).split(/\\s+/).filter(Boolean);
    var shown = 0;
    pairs.forEach(function (pair, index) {
      var fits = words.every(function (word) { return texts[index].includes(word); });
      pair.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown + ' / ' + pairs.length + ' ' + count.dataset.words;
  }
  function order() {
    var by = sort.value;
    var sorted = pairs.map(function (pair, index) { return [pair, index]; });
    sorted.sort(function (a, b) {
      var difference = Number(b[0].dataset.weight) - Number(a[0].dataset.weight);
      if (by === 'weight-up') difference = -difference;
      if (by === 'id') difference = a[0].dataset.id < b[0].dataset.id ? -1 : a[0].dataset.id > b[0].dataset.id ? 1 : 0;
      return difference || a[1] - b[1];
    });
    sorted.forEach(function (entry) { list.appendChild(entry[0]); });
  }
  find.addEventListener('input', show);
  sort.addEventListener('change', order);
  addEventListener('beforeprint', function () { pairs.forEach(function (pair) { pair.open = true; }); });
  tools.hidden = false;
  order();
  show();
})();
`;
