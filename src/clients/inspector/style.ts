/** The inspector's style. A page changes it by the custom properties, and light or dark by `color-scheme`. */
export const css = `:host{
  --page:light-dark(#fff,#1d2125);
  --sunk:light-dark(#f3f1eb,#16191c);
  --line:light-dark(#cdc8bc,#454c53);
  --ink:light-dark(#1d1b16,#eceae4);
  --soft:light-dark(#5f5a4e,#adb1b5);
  --key:light-dark(#0f766e,#5ecfbf);
  --good:light-dark(#17693a,#7dd69b);
  --bad:light-dark(#b3261e,#ff9d94);
  display:block;min-width:0;color:var(--ink);
  font:14px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;text-align:start}
*{box-sizing:border-box;margin:0}
[hidden]{display:none}
section{display:grid;gap:.75rem;padding:.75rem;border:1px solid var(--line);border-radius:8px;
  background:var(--page);overflow-wrap:anywhere}
section>div{display:grid;gap:.5rem;min-width:0}
[part=title],[part=name],b{font-weight:600}
[part=title]{color:var(--key)}
dl{display:grid;gap:.5rem 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr))}
dt,[part=term],summary,time{color:var(--soft);font-size:.85em}
dd,meter{display:block}
meter{width:100%}
summary{cursor:pointer}
pre,code,time,[data-status]{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.85em}
pre{padding:.5rem;white-space:pre-wrap}
pre,[tabindex]{border-radius:6px;background:var(--sunk)}
[tabindex]{max-height:16rem;overflow:auto}
:focus-visible{outline:3px solid var(--key);outline-offset:2px}
ol{padding:0;list-style:none}
li{padding:.25rem .5rem;border-inline-start:3px solid var(--line)}
li+li{border-top:1px solid var(--line)}
li>span{display:block}
[data-type=attached],[data-type=signed-in],[data-type=refreshed],[data-type=recovered]{border-inline-start-color:var(--good)}
[data-type=degraded],[data-type=signed-out],[data-type=storage-fallback]{border-inline-start-color:var(--bad)}
[data-status=signed-in]{color:var(--good)}
[data-status=degraded]{color:var(--bad)}`
