<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" session="false"
    import="dev.gatehouse.events.Event,dev.gatehouse.status.PageText,dev.gatehouse.status.StatusReport,java.time.Duration" %>
<%
  StatusReport report = (StatusReport) request.getAttribute("report");
  String nonce = (String) request.getAttribute("nonce");
  String token = (String) request.getAttribute("token"); // null without the admin key, empty for the script
  StatusReport.Totals totals = report.totals();
%>
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse status</title>
<style nonce="<%= nonce %>">
  :root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6875; --line: #d5dae1; --paper: #f6f7f9; --card: #fff;
          --up: #17713b; --up-bg: #e5f5ea; --new: #7a5900; --new-bg: #fdf3d4; --down: #a4161a; --down-bg: #fce8e8;
          --off: #2c5591; --off-bg: #e3edfb; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6eaf0; --dim: #98a3b1; --line: #343c48; --paper: #14181e; --card: #1c222b;
            --up: #6fd493; --up-bg: #16301f; --new: #f0cd6b; --new-bg: #352c10; --down: #ff9c9c; --down-bg: #3b1a1c;
            --off: #9cc3ff; --off-bg: #1a2a44; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 1.5rem clamp(1rem, 3vw, 2.5rem); background: var(--paper); color: var(--ink);
         font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
  header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
  h1 { font-size: 1.4rem; margin: 0; }
  h2 { font-size: 1.05rem; margin: 1.6rem 0 .6rem; }
  .dim { color: var(--dim); }
  small { color: var(--dim); display: block; }
  .warning { margin: 1rem 0 0; padding: .6rem .9rem; border-left: 4px solid var(--down); background: var(--down-bg); }
  dl { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0 0; }
  dl div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .45rem .9rem; min-width: 6.5rem; }
  dt { color: var(--dim); font-size: .8rem; }
  dd { margin: 0; font-size: 1.15rem; }
  .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .5rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
  th { font-size: .8rem; color: var(--dim); font-weight: 600; }
  tbody tr:last-child td { border-bottom: 0; }
  td.number, th.number { text-align: right; }
  td.reason { white-space: normal; min-width: 8rem; }
  .state { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .82rem; font-weight: 600; }
  .HEALTHY .state { color: var(--up); background: var(--up-bg); }
  .NOT_INITIATED .state { color: var(--new); background: var(--new-bg); }
  .UNREACHABLE .state { color: var(--down); background: var(--down-bg); }
  .EJECTED .state, .BREAKER_OPEN .state { color: var(--down); background: var(--down-bg); }
  .BREAKER_HALF_OPEN .state, .WARMING_UP .state { color: var(--new); background: var(--new-bg); }
  .DRAINING .state, .DISABLED .state { color: var(--off); background: var(--off-bg); }
  .EJECTED td:first-child, .BREAKER_OPEN td:first-child { box-shadow: inset 4px 0 var(--down); }
  .BREAKER_HALF_OPEN td:first-child, .WARMING_UP td:first-child { box-shadow: inset 4px 0 var(--new); }
  .DRAINING td:first-child, .DISABLED td:first-child { box-shadow: inset 4px 0 var(--off); }
  .UNREACHABLE td:first-child { box-shadow: inset 4px 0 var(--down); }
  .HEALTHY td:first-child { box-shadow: inset 4px 0 var(--up); }
  .NOT_INITIATED td:first-child { box-shadow: inset 4px 0 var(--new); }
  .panic { color: var(--down); }
  .tag { display: inline-block; padding: 0 .4rem; border: 1px solid var(--line); border-radius: 4px; color: var(--dim); font-size: .8rem; }
  details { margin-top: .35rem; }
  summary { cursor: pointer; color: var(--dim); font-size: .85rem; }
  form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: end; padding: .5rem 0; max-width: 34rem; white-space: normal; }
  label { display: flex; flex-direction: column; font-size: .78rem; color: var(--dim); }
  label.check { flex-direction: row; align-items: center; gap: .3rem; padding-bottom: .4rem; }
  input { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .2rem .4rem; }
  input[type=number] { width: 5rem; }
  input[name=reason] { width: 15rem; max-width: 70vw; }
  input[name=url] { width: 17rem; max-width: 70vw; }
  button { font: inherit; font-size: .85rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .25rem .7rem; cursor: pointer; }
  button:hover, button:focus-visible { border-color: var(--off); color: var(--off); }
  #paused { display: none; }
  #paused.on { display: inline; color: var(--new); }
  footer { margin-top: 1.4rem; color: var(--dim); font-size: .85rem; }
</style>
</head>
<body>
<main id="live" data-started="<%= PageText.html(report.started().toString()) %>">
<header>
  <h1>Gatehouse</h1>
  <span>up <%= PageText.html(PageText.duration(Duration.ofSeconds(report.uptimeSeconds()))) %></span>
  <span class="dim"><%= PageText.html(PageText.clock(java.util.Optional.of(report.now()))) %></span>
  <span id="paused">not refreshed while a form is open</span>
</header>
<% for (String warning : report.warnings()) { %>
<p class="warning" role="alert"><%= PageText.html(warning) %></p>
<% } %>
<dl>
  <div><dt>Requests</dt><dd><%= totals.requests() %></dd></div>
  <div><dt>In flight</dt><dd><%= totals.inFlight() %></dd></div>
  <div><dt>2xx</dt><dd><%= totals.status2xx() %></dd></div>
  <div><dt>3xx</dt><dd><%= totals.status3xx() %></dd></div>
  <div><dt>4xx</dt><dd><%= totals.status4xx() %></dd></div>
  <div><dt>5xx</dt><dd><%= totals.status5xx() %></dd></div>
</dl>
<% for (StatusReport.Pool pool : report.pools()) {
     long all = pool.backends().stream().mapToLong(StatusReport.Backend::requests).sum(); %>
<h2>Pool <%= PageText.html(pool.id()) %>
  <span class="dim">· <%= PageText.html(pool.policy()) %> · <%= pool.available() %> of <%= pool.backends().size() %> available
<% if (pool.panic()) { %>  · <strong class="panic">panic: all get requests</strong>
<% } %>  · <%= pool.retries() %> sent again, <%= pool.retriesLeft() %> more allowed now
  · <%= pool.waiting() %> of at most <%= pool.maxWaiting() %> wait</span></h2>
<div class="scroll">
<table>
<thead><tr>
  <th>Backend URL</th><th>Status</th><th class="number">Failures</th><th>Last Healthy</th>
  <th class="number">Requests</th><th class="number">Share</th><th class="number">In flight</th>
  <th class="number">Unanswered</th><th class="number">Weight</th><th>Last check</th><th>Result</th>
</tr></thead>
<tbody>
<% for (StatusReport.Backend backend : pool.backends()) { %>
<tr class="<%= PageText.html(PageText.mark(backend)) %>">
  <td><%= PageText.html(backend.url()) %> <% if (backend.backup()) { %><span class="tag">backup</span><% } %><small><%= PageText.html(backend.id()) %></small>
<% if (token != null) { String here = "backends/" + PageText.segment(pool.id()) + "/" + PageText.segment(backend.id()) + "/"; %>
    <details><summary>Change</summary>
    <form method="post" action="<%= here %>check">
      <input type="hidden" name="token" value="<%= PageText.html(token) %>">
      <label>Reason, for the events below<input name="reason" maxlength="200" autocomplete="off"></label>
      <label>Weight<input name="weight" type="number" min="1" max="256" value="<%= backend.weight() %>"></label>
      <button formaction="<%= here %>weight">Set weight</button>
      <button formaction="<%= here %>drain">Drain</button>
      <button formaction="<%= here %>disable">Disable</button>
      <button formaction="<%= here %>enable">Enable</button>
      <button formaction="<%= here %>check">Check now</button>
      <button formaction="<%= here %>remove">Remove</button>
    </form></details>
<% } %></td>
  <td><span class="state"><%= PageText.html(PageText.mark(backend)) %></span>
<% if (PageText.mark(backend).equals(backend.status())) { %><small><%= PageText.html(PageText.ago(backend.since(), report.now())) %></small>
<% } else { %><small><%= PageText.html(backend.standingDetail()) %></small><small>checks: <%= PageText.html(backend.status()) %></small><% } %></td>
  <td class="number"><%= backend.failures() %>/<%= pool.maxFailures() %></td>
  <td><%= PageText.html(PageText.clock(backend.lastHealthy())) %><small><%= PageText.html(PageText.ago(backend.lastHealthy(), report.now())) %></small></td>
  <td class="number"><%= backend.requests() %><small>chosen <%= backend.chosen() %></small><% if (backend.cancelled() > 0) { %><small>given up <%= backend.cancelled() %></small><% } %></td>
  <td class="number"><%= PageText.html(PageText.share(backend.requests(), all)) %></td>
  <td class="number"><%= backend.inFlight() %><% if (backend.limit().isPresent()) { %><small>of <%= backend.limit().get() %></small><% } %></td>
  <td class="number"><%= backend.failedRequests() %><% if (backend.failedRequests() > 0) { %><small>no connection <%= backend.connectFailures() %></small><small>broken off <%= backend.resets() %></small><small>too late <%= backend.timeouts() %></small><% } %></td>
  <td class="number"><%= backend.weight() %><% if (backend.weightPercent() < 100) { %><small>now <%= backend.weightPercent() %> % of it</small><% } %><% if (backend.weight() != backend.configuredWeight()) { %><small>configured <%= backend.configuredWeight() %></small><% } %></td>
  <td><%= PageText.html(PageText.ago(backend.lastCheck(), report.now())) %><small><%= PageText.html(PageText.millis(backend.lastCheckMillis())) %></small></td>
  <td class="reason"><%= PageText.html(backend.lastCheckResult().orElse("not checked yet")) %></td>
</tr>
<% } %>
</tbody>
</table>
</div>
<% if (token != null) { %>
<details><summary>Add a backend to <%= PageText.html(pool.id()) %></summary>
<form method="post" action="backends/<%= PageText.segment(pool.id()) %>">
  <input type="hidden" name="token" value="<%= PageText.html(token) %>">
  <label>URL<input name="url" type="url" required placeholder="http://10.0.0.1:8080" autocomplete="off"></label>
  <label>Weight<input name="weight" type="number" min="1" max="256" value="1"></label>
  <label>Id, if not host:port<input name="id" autocomplete="off"></label>
  <label class="check"><input name="backup" type="checkbox" value="true">backup</label>
  <label>Reason, for the events below<input name="reason" maxlength="200" autocomplete="off"></label>
  <button>Add</button>
</form></details>
<% } } %>
<% if (report.cache().isPresent()) { StatusReport.Cache cache = report.cache().get(); %>
<h2>Cache <span class="dim">· <%= cache.entries() %> entries, <%= PageText.html(PageText.bytes(cache.bytes())) %>
  · <%= PageText.html(PageText.percent(cache.hitRatio())) %> of answers and <%= PageText.html(PageText.percent(cache.byteHitRatio())) %> of bytes without a backend
  · <%= cache.evictions() %> evicted, <%= cache.faults() %> faults</span></h2>
<dl id="cache">
  <div><dt>Hits</dt><dd><%= cache.hits() %></dd></div>
  <div><dt>Stale</dt><dd><%= cache.stale() %></dd></div>
  <div><dt>Revalidated</dt><dd><%= cache.revalidated() %></dd></div>
  <div><dt>Misses</dt><dd><%= cache.misses() %></dd></div>
  <div><dt>Collapsed</dt><dd><%= cache.collapsed() %></dd></div>
  <div><dt>Refreshed</dt><dd><%= cache.refreshed() %></dd></div>
  <div><dt>Stored</dt><dd><%= cache.stored() %></dd></div>
  <div><dt>Invalidated</dt><dd><%= cache.invalidated() %></dd></div>
  <div><dt>Purged</dt><dd><%= cache.purged() %></dd></div>
</dl>
<p class="dim">Past the cache: <%= PageText.html(PageText.counts(cache.bypasses())) %><br>Not stored: <%= PageText.html(PageText.counts(cache.refusals())) %></p>
<div class="scroll">
<table id="tiers">
<thead><tr><th>Tier</th><th>State</th><th class="number">Entries</th><th class="number">Bytes</th><th class="number">At most</th><th class="number">Evictions</th><th class="number">Faults</th></tr></thead>
<tbody>
<% for (StatusReport.Tier tier : cache.tiers()) { %>
<tr><td><%= PageText.html(tier.name()) %></td><td><%= PageText.html(tier.state()) %></td><td class="number"><%= tier.entries() %></td><td class="number"><%= PageText.html(PageText.bytes(tier.bytes())) %></td><td class="number"><%= PageText.html(PageText.bytes(tier.maxBytes())) %></td>
  <td class="number"><%= tier.evictions() %></td><td class="number"><%= tier.faults() %></td></tr>
<% } %>
</tbody>
</table>
</div>
<% if (token != null) { %>
<details><summary>Purge the cache</summary>
<form method="post" action="cache/purge">
  <input type="hidden" name="token" value="<%= PageText.html(token) %>">
  <label>URL, or a path at all hosts<input name="url" autocomplete="off" placeholder="https://host/path"></label>
  <label>or all that begins with<input name="prefix" autocomplete="off" placeholder="/images/"></label>
  <label>or tags<input name="tag" autocomplete="off"></label>
  <label class="check"><input name="all" type="checkbox" value="true">or everything</label>
  <label class="check"><input name="soft" type="checkbox" value="true">only make it stale</label>
  <label>Reason, for the events below<input name="reason" maxlength="200" autocomplete="off"></label>
  <button>Purge</button>
</form></details>
<% } } %>
<h2>Events <span class="dim">· the last fifty</span></h2>
<% if (report.events().isEmpty()) { %><p class="dim">None since the start.</p><% } else { %>
<div class="scroll">
<table id="events">
<thead><tr><th>When</th><th>Pool</th><th>Backend</th><th>What</th><th>Why</th><th>By</th></tr></thead>
<tbody>
<% for (Event event : report.events()) { %>
<tr><td><%= PageText.html(PageText.clock(java.util.Optional.of(event.at()))) %></td><td><%= PageText.html(event.pool()) %></td>
  <td><%= PageText.html(event.backend()) %></td><td><%= PageText.html(event.what()) %></td>
  <td class="reason"><%= PageText.html(event.cause()) %></td><td><%= PageText.html(event.by()) %></td></tr>
<% } %>
</tbody>
</table>
</div>
<% } %>
<p class="dim"><% if (token != null) { %>A change made here does not survive a restart: then the configuration counts again.<% } else { %>Changing something needs the admin key.<% } %></p>
<footer><%= PageText.html(report.product()) %> <%= PageText.html(report.version()) %> on <%= PageText.html(report.container()) %>,
  <%= PageText.html(report.jvm()) %>; started <%= PageText.html(PageText.clock(java.util.Optional.of(report.started()))) %>.
  The same as <a href="status.json">JSON</a>.</footer>
</main>
<noscript><p class="dim">Without JavaScript this page does not refresh itself; reload it to see more.</p></noscript>
<script nonce="<%= nonce %>">
  // The page fetches itself and takes over what is in <main>, but not from under a form in use.
  // The token is not in what it fetches, but kept; after a restart it is another one.
  const token = document.querySelector("#live input[name=token]")?.value ?? "";
  const part = location.origin + location.pathname.replace(/[^/]*$/, "status.part");
  const refresh = async () => {
    const open = document.querySelector("#live details[open]") !== null;
    document.getElementById("paused").classList.toggle("on", open);
    if (open) {
      setTimeout(refresh, 500);
      return;
    }
    try {
      const answer = await fetch(part, { cache: "no-store", credentials: "same-origin" });
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
        const live = document.getElementById("live");
        if (next && !document.querySelector("#live details[open]")) {
          if (next.dataset.started !== live.dataset.started) location.reload();
          next.querySelectorAll("input[name=token]").forEach(input => { input.value = token; });
          live.replaceWith(next);
        }
      }
      document.title = answer.ok ? "Gatehouse status" : "Gatehouse status (" + answer.status + ")";
    } catch (e) {
      document.title = "Gatehouse status (no connection)";
    }
    setTimeout(refresh, 2000);
  };
  setTimeout(refresh, 2000);
</script>
</body>
</html>
