<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" session="false"
    import="dev.gatehouse.status.PageText,dev.gatehouse.status.StatusReport,java.time.Duration" %>
<%
  StatusReport report = (StatusReport) request.getAttribute("report");
  String nonce = (String) request.getAttribute("nonce");
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
          --up: #17713b; --up-bg: #e5f5ea; --new: #7a5900; --new-bg: #fdf3d4; --down: #a4161a; --down-bg: #fce8e8; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6eaf0; --dim: #98a3b1; --line: #343c48; --paper: #14181e; --card: #1c222b;
            --up: #6fd493; --up-bg: #16301f; --new: #f0cd6b; --new-bg: #352c10; --down: #ff9c9c; --down-bg: #3b1a1c; }
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
  td.reason { white-space: normal; min-width: 12rem; }
  .state { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .82rem; font-weight: 600; }
  .HEALTHY .state { color: var(--up); background: var(--up-bg); }
  .NOT_INITIATED .state { color: var(--new); background: var(--new-bg); }
  .UNREACHABLE .state { color: var(--down); background: var(--down-bg); }
  .UNREACHABLE td:first-child { box-shadow: inset 4px 0 var(--down); }
  .HEALTHY td:first-child { box-shadow: inset 4px 0 var(--up); }
  .NOT_INITIATED td:first-child { box-shadow: inset 4px 0 var(--new); }
  footer { margin-top: 1.4rem; color: var(--dim); font-size: .85rem; }
</style>
</head>
<body>
<main id="live">
<header>
  <h1>Gatehouse</h1>
  <span>up <%= PageText.html(PageText.duration(Duration.ofSeconds(report.uptimeSeconds()))) %></span>
  <span class="dim"><%= PageText.html(PageText.clock(java.util.Optional.of(report.now()))) %></span>
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
  <span class="dim">· <%= PageText.html(pool.policy()) %> · <%= pool.available() %> of <%= pool.backends().size() %> available</span></h2>
<div class="scroll">
<table>
<thead><tr>
  <th>Backend URL</th><th>Status</th><th class="number">Failures</th><th>Last Healthy</th>
  <th class="number">Requests</th><th class="number">Share</th><th class="number">In flight</th>
  <th class="number">Unanswered</th><th class="number">Weight</th><th>Last check</th><th>Result</th>
</tr></thead>
<tbody>
<% for (StatusReport.Backend backend : pool.backends()) { %>
<tr class="<%= PageText.html(backend.status()) %>">
  <td><%= PageText.html(backend.url()) %></td>
  <td><span class="state"><%= PageText.html(backend.status()) %></span><small><%= PageText.html(PageText.ago(backend.since(), report.now())) %></small></td>
  <td class="number"><%= backend.failures() %>/<%= pool.maxFailures() %></td>
  <td><%= PageText.html(PageText.clock(backend.lastHealthy())) %><small><%= PageText.html(PageText.ago(backend.lastHealthy(), report.now())) %></small></td>
  <td class="number"><%= backend.requests() %></td>
  <td class="number"><%= PageText.html(PageText.share(backend.requests(), all)) %></td>
  <td class="number"><%= backend.inFlight() %></td>
  <td class="number"><%= backend.failedRequests() %></td>
  <td class="number"><%= backend.weight() %></td>
  <td><%= PageText.html(PageText.ago(backend.lastCheck(), report.now())) %><small><%= PageText.html(PageText.millis(backend.lastCheckMillis())) %></small></td>
  <td class="reason"><%= PageText.html(backend.lastCheckResult().orElse("not checked yet")) %></td>
</tr>
<% } %>
</tbody>
</table>
</div>
<% } %>
<footer><%= PageText.html(report.product()) %> <%= PageText.html(report.version()) %> on <%= PageText.html(report.container()) %>,
  <%= PageText.html(report.jvm()) %>; started <%= PageText.html(PageText.clock(java.util.Optional.of(report.started()))) %>.
  The same as <a href="status.json">JSON</a>.</footer>
</main>
<noscript><p class="dim">Without JavaScript this page does not refresh itself; reload it to see more.</p></noscript>
<script nonce="<%= nonce %>">
  // The page fetches itself and takes over what is in <main>.
  const refresh = async () => {
    try {
      const answer = await fetch(location.origin + location.pathname, { cache: "no-store", credentials: "same-origin" });
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
        if (next) document.getElementById("live").replaceWith(next);
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
