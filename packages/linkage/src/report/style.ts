const LIGHT = `--paper:#fff;--panel:#f4f6f9;--ink:#18212d;--muted:#526072;--line:#d9dfe7;--edge:#8592a3;--for:#1c5fa8;--against:#b4530b;--review:#8a5fb0;--apart:#8592a3;--third:#1f7a4d;--note:#fdf4e3;--note-edge:#a86a00;--mark:#ffe2b8;--focus:#1c5fa8`;
const DARK = `--paper:#10161e;--panel:#18212b;--ink:#e8edf3;--muted:#a9b5c4;--line:#2c3744;--edge:#748397;--for:#7fb8f5;--against:#f2a35c;--review:#c9a2ec;--apart:#748397;--third:#73d09b;--note:#2b2414;--note-edge:#e0a63a;--mark:#6b4410;--focus:#9ccaff`;

/** The page's whole style. Letters of the system, so that nothing is loaded. */
export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-99rem;top:0;padding:.75rem 1rem;background:var(--paper);color:var(--ink);z-index:1}
.skip:focus{left:0}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
a{color:var(--for);text-underline-offset:.15em}
header,main,footer,nav{max-width:64rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2rem)}
header{padding-top:clamp(1.5rem,5vw,3.5rem)}
h1{margin:0 0 .25rem;font-size:clamp(1.75rem,1.3rem + 2vw,2.6rem);line-height:1.15;letter-spacing:-.02em;font-weight:680}
h2{margin:0 0 .35rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em}
h3{margin:1.75rem 0 .35rem;font-size:1.08rem;line-height:1.3}
h4{margin:1.25rem 0 .25rem;font-size:1rem}
p{margin:.35rem 0;max-width:70ch}
.intro{color:var(--muted)}
nav ul{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;list-style:none;margin:1rem 0 0;padding:.75rem 0;border-block:1px solid var(--line)}
nav a{display:inline-block;padding:.3rem 0}
section{padding-block:2.25rem .5rem}
section+section{border-top:1px solid var(--line);margin-top:1.75rem}
.note{margin:1.25rem 0;padding:.75rem 1rem;background:var(--note);border-inline-start:.3rem solid var(--note-edge);border-radius:.2rem;max-width:none}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.75rem),1fr));gap:1px;margin:1.25rem 0 1rem;border:1px solid var(--line);border-radius:.5rem;overflow:hidden}
.facts div{padding:.8rem 1rem;box-shadow:0 0 0 1px var(--line)}
.facts dt{color:var(--muted);font-size:.875rem;line-height:1.35}
.facts dd{margin:.1rem 0 0;font-size:1.3rem;font-weight:620;line-height:1.3;font-variant-numeric:tabular-nums}
.facts dd.text{font-size:1rem;font-weight:500}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:.25rem 2rem}
.tiles.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1rem}
.tiles.small figure{padding:.75rem;border:1px solid var(--line);border-radius:.5rem}
figure{margin:1rem 0 0;min-width:0}
figcaption{font-weight:620;margin-bottom:.25rem}
.chart{container-type:inline-size}
.chart svg{display:none;width:100%;height:auto;font-family:inherit}
.chart svg:last-child{display:block}
@container (min-width:27rem){.fits2 .w500,.fits3 .w600{display:block}.fits2 svg:last-child,.fits3 svg:last-child{display:none}}
@container (min-width:48rem){.fits3 .w960{display:block}.fits3 .w600{display:none}}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;margin:.6rem 0 .1rem;padding:0;list-style:none;font-size:.9rem;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:.45rem}
.mark{flex:none;inline-size:.85rem;block-size:.85rem;border-radius:2px;background:var(--apart);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.mark.for{background:var(--for)}.mark.against{background:var(--against)}.mark.review{background:var(--review)}
.mark.line{inline-size:1.75rem;block-size:0;border-radius:0;background:none;border-top:3px solid var(--for)}
.mark.dashed{border-top:3px dashed var(--against)}.mark.dotted{border-top:3px dotted var(--third)}.mark.bridge{border-top:2px dashed var(--against)}
.mark.shape{background:none;border:2px solid var(--for);border-radius:50%}
.mark.square{border-color:var(--against);border-radius:0}.mark.diamond{border-color:var(--third);border-radius:0;transform:rotate(45deg) scale(.8)}
.mark.cross{border:0;border-radius:0;background:linear-gradient(45deg,transparent 42%,var(--review) 42% 58%,transparent 58%),linear-gradient(-45deg,transparent 42%,var(--review) 42% 58%,transparent 58%)}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.35rem 0;width:fit-content;max-width:100%}
details.data>summary{color:var(--for);font-size:.92rem}
.scroll{position:relative;overflow-x:auto;max-width:100%;margin:.5rem 0}
table{border-collapse:collapse;min-width:100%;font-size:.92rem;line-height:1.4;font-variant-numeric:tabular-nums}
caption{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
thead th{border-bottom-color:var(--edge);color:var(--muted);font-weight:560;vertical-align:bottom}
tbody th{font-weight:500}
.n{text-align:end;white-space:nowrap}
.n:last-child,td:last-child{padding-inline-end:0}
td small{display:block;color:var(--muted);white-space:nowrap}
ul.note{padding-inline-start:2.2rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.levels{min-width:15rem;margin:0;padding:0;list-style:none}
.levels b{font-weight:560}
.tools{display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:end;margin:1rem 0}
.tools[hidden]{display:none}
.tools label{display:grid;gap:.2rem;font-size:.9rem;color:var(--muted)}
.tools input,.tools select{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--edge);border-radius:.35rem;padding:.4rem .6rem;min-width:min(15rem,100%);max-width:100%}
.tools output{padding:.45rem 0;color:var(--muted)}
.pair{border:1px solid var(--line);border-radius:.5rem;margin:.75rem 0}
.pair>summary{display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:baseline;padding:.7rem 1rem;width:auto}
.pair>summary::before{content:"▸";color:var(--muted);inline-size:.8rem}
.pair[open]>summary::before{content:"▾"}
.pair>summary::-webkit-details-marker{display:none}
.pair>summary b{font-weight:620}
.pair>summary .n{margin-inline-start:auto}
.pair>div{padding:0 1rem 1rem}
.badge{padding:.05rem .55rem;border:1px solid currentcolor;border-radius:1rem;font-size:.85rem}
.badge.same{color:var(--for)}.badge.review{color:var(--review)}.badge.apart{color:var(--muted)}
mark{background:var(--mark);color:inherit;border-radius:2px;padding-inline:1px;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.absent{color:var(--muted);font-style:italic}
footer{padding-block:2.5rem;color:var(--muted);font-size:.9rem}
@page{margin:14mm}
@media print{
body{font-size:10pt}header,main,footer,nav{max-width:none;padding-inline:0}
nav,.tools,.skip{display:none}
details.data>:not(summary){display:none}details.data>summary{display:none}
section{break-inside:auto;padding-block:1rem 0}figure,tr,.facts,.pair{break-inside:avoid}h2,h3,.intro,.legend{break-after:avoid}
.tiles{grid-template-columns:1fr 1fr}.tiles.small{grid-template-columns:1fr 1fr 1fr}
details::details-content{content-visibility:visible;height:auto}
}
`;
