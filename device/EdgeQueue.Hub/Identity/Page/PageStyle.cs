namespace EdgeQueue.Hub.Identity.Page;

/// <summary>How the page looks, and the few lines by which it stays up to date. It follows the reader's light or dark setting.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e9ee);--soft:light-dark(#59626e,#9aa4b2);--page:light-dark(#f5f6f8,#14171c);
        --card:light-dark(#fff,#1d2229);--line:light-dark(#e1e5ea,#2c333d);--good:light-dark(#14693d,#4cc38a);--bad:light-dark(#b3261e,#ff8b82);
        --busy:light-dark(#7a4f00,#f2b84b);--act:light-dark(#1f5fbf,#7db1ff);--on-act:light-dark(#fff,#0d1117)}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.45 system-ui,"Noto Sans",sans-serif}
        a{color:var(--act)}
        header,main{max-width:76rem;margin:0 auto;padding:0 1.2rem}
        header{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;align-items:baseline;padding-top:1.2rem;padding-bottom:.6rem}
        h1{font-size:1.4rem;margin:0}
        h2{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.4rem 0 .6rem}
        h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
        .good{color:var(--good)}.bad{color:var(--bad)}.busy{color:var(--busy)}.soft{color:var(--soft)}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.9rem;align-items:start}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.9rem 1.05rem}
        .card.new{border-inline-start:.35rem solid var(--busy)}
        .card.fault{border-inline-start:.35rem solid var(--bad)}
        .card p{margin:.3rem 0}
        ul.plain{list-style:none;margin:.4rem 0;padding:0}ul.plain li{padding:.15rem 0;overflow-wrap:anywhere}
        .row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.7rem;align-items:center}
        form{margin:0}
        label{display:block;font-size:.85rem;color:var(--soft)}
        input,select{font:inherit;width:100%;padding:.5rem .6rem;margin-top:.15rem;border:1px solid var(--line);border-radius:.45rem;background:var(--page);color:var(--ink);min-height:2.75rem}
        input.code{font-size:1.35rem;letter-spacing:.14em;font-variant-numeric:tabular-nums}
        button,summary.button{font:inherit;font-size:.95rem;padding:.45rem .75rem;border-radius:.45rem;border:1px solid var(--line);background:var(--page);color:var(--ink);cursor:pointer;min-height:2.75rem}
        button.main{background:var(--act);border-color:var(--act);color:var(--on-act);font-weight:600}
        button.danger{background:var(--bad);border-color:var(--bad);color:light-dark(#fff,#0d1117);font-weight:600}
        button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
        summary.button{display:inline-flex;align-items:center;list-style:none}summary.button::-webkit-details-marker{display:none}
        details[open]{flex-basis:100%;border-top:1px solid var(--line);padding-top:.6rem}
        details .row{margin-top:.5rem}
        .fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr));gap:.7rem;margin:.6rem 0}
        .note{border-radius:.5rem;padding:.6rem .8rem;background:var(--card);border:1px solid var(--line);margin:.6rem 0;overflow-wrap:anywhere}
        .finding{display:grid;grid-template-columns:4.2rem 8.5rem 1fr;gap:.15rem .8rem;padding:.5rem 0;border-top:1px solid var(--line)}
        .finding:first-of-type{border-top:0}.finding b,.finding span{overflow-wrap:anywhere}.finding .advice{grid-column:3}
        main{padding-bottom:3rem}
        @media (max-width:36rem){.finding{grid-template-columns:4.2rem 1fr}.finding .text,.finding .advice{grid-column:1/-1}
        form.wide,form.wide button{width:100%}header,main{padding-inline:.8rem}}
        """;

    // What a person is just typing or has opened is not taken away under the fingers.
    public const string Script = """
        "use strict";
        async function look() {
          try {
            const answer = await fetch("/parts", { cache: "no-store" });
            if (!answer.ok) throw new Error(String(answer.status));
            const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
            for (const part of document.querySelectorAll("[data-part]")) {
              const next = fresh.getElementById(part.id);
              if (next && !part.contains(document.activeElement) && !part.querySelector("details[open]")) part.replaceWith(next);
            }
            document.body.dataset.live = "yes";
          } catch {
            document.body.dataset.live = "no";
          }
        }
        if (document.querySelector("[data-part]")) setInterval(look, 3000);
        for (const form of document.querySelectorAll("form")) {
          form.addEventListener("submit", () => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
        }
        """;
}
