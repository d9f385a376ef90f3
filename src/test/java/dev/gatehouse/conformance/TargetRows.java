package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Required.forwarded;
import static dev.gatehouse.conformance.Required.refused;
import static dev.gatehouse.conformance.Row.JETTY;
import static dev.gatehouse.conformance.Row.TOMCAT_AND_WILDFLY;
import static dev.gatehouse.conformance.Row.WILDFLY;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client asks for, and that it never says where: C01, C02, C03, C05, C07 and C11. More of
 * C03 is in {@link AnyMethodIT}, of C05 and C07 in {@code ForwardingIT}.
 */
final class TargetRows {
  private static final String NO_PATH =
      "Undertow fails before the WAR on a target that is no path (UT000068)";
  private static final String BEFORE_US = "a constraint of Jetty's own comes before us";

  private final int trap;

  /**
   * @param trap a port that must never see a connection
   */
  TargetRows(int trap) {
    this.trap = trap;
  }

  Stream<Row> all() {
    List<Row> rows = new ArrayList<>();
    forms(rows);
    pointers(rows);
    methods(rows);
    segments(rows);
    queries(rows);
    upgrades(rows);
    return rows.stream();
  }

  /** RFC 9112 §3.2: a proxy's form names a server, which is not the client's to name here. */
  private void forms(List<Row> rows) {
    String there = "127.0.0.1:" + trap;
    Required refusedOrOwn =
        refused(400, 403, 404, 421)
            .or(
                new Required(
                    "asked of our own backend in origin form",
                    observed ->
                        observed.statuses().equals(List.of(200))
                            && observed.seen().size() == 1
                            && observed.seen().get(0).target().matches("/[^/].*")));
    for (String target :
        List.of(
            "http://" + there + "/c01",
            "HTTP://" + there + "/c01",
            "https://" + there + "/c01",
            "ftp://" + there + "/c01",
            "http://user:secret@" + there + "/c01",
            "http://p.test@" + there + "/c01",
            "http://" + there + "\\@p.test/c01")) {
      rows.add(Row.of("C01", target.replace(there, "other"), get(target, HOST), refusedOrOwn));
      rows.add(
          Row.of(
              "C01",
              target.replace(there, "other") + " and that Host",
              get(target, "Host: " + there),
              refusedOrOwn));
    }
    for (String target :
        List.of(
            "file:///etc/passwd",
            "gopher://" + there + "/c01",
            "http:/" + there + "/c01",
            "http:" + there + "/c01",
            there,
            there + "/c01",
            "@" + there + "/c01",
            ":" + trap + "/c01",
            "c01",
            "*",
            "javascript:alert(1)")) {
      rows.add(
          Row.of(
                  "C01",
                  "'" + target.replace(there, "other").replace(":" + trap, ":port") + "'",
                  get(target, HOST),
                  refusedOrOwn)
              .but(WILDFLY, refused(500, 400), NO_PATH));
    }
    for (String target : List.of("//" + there + "/c01", "///" + there + "/c01", "/\\" + there)) {
      rows.add(
          Row.of(
              "C01", "'" + target.replace(there, "other") + "'", get(target, HOST), refused(400)));
    }
  }

  /** Wherever a client may write an address, ours is asked. */
  private void pointers(List<Row> rows) {
    String url = "http://127.0.0.1:" + trap;
    String authority = "127.0.0.1:" + trap;
    rows.add(
        Row.of("C02", "Host of another server", get("/c02", "Host: " + authority), at("/c02")));
    for (String name : List.of("url", "proxyTo", "targetUri", "backend", "proxy.backends")) {
      String target = "/c02?" + name + "=" + url;
      rows.add(Row.of("C02", "query " + name, get(target, HOST), at(target)));
    }
    for (String field :
        List.of(
            "X-Forwarded-Host",
            "X-Forwarded-Server",
            "X-Host",
            "X-Backend",
            "X-Backend-Server",
            "X-Upstream",
            "X-Original-Host",
            "Destination",
            "Origin",
            "Referer",
            "From")) {
      String value = field.endsWith("Host") || field.endsWith("Server") ? authority : url;
      rows.add(Row.of("C02", field, get("/c02", HOST, field + ": " + value), at("/c02")));
    }
    for (String field : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix")) {
      rows.add(Row.of("C02", field, get("/c02", HOST, field + ": " + url), at("/c02")));
    }
    rows.add(
        Row.of("C02", "Forwarded", get("/c02", HOST, "Forwarded: host=" + authority), at("/c02")));
    rows.add(
        Row.of(
            "C02",
            "Cookie",
            get("/c02", HOST, "Cookie: backend=" + url + "; u=" + url),
            at("/c02")));
  }

  private void methods(List<Row> rows) {
    rows.add(
        Row.of(
                "C03",
                "CONNECT",
                head("CONNECT 127.0.0.1:" + trap + " HTTP/1.1", "Host: 127.0.0.1:" + trap),
                refused(405, 501))
            .but(WILDFLY, refused(500), NO_PATH));
    rows.add(
        Row.of(
            "C03",
            "CONNECT of a path",
            head("CONNECT /c03 HTTP/1.1", HOST),
            refused(400, 405, 501)));
    rows.add(
        Row.of(
            "C03",
            "OPTIONS *",
            head("OPTIONS * HTTP/1.1", HOST),
            Required.answered(reply -> reply.status() == 200 || reply.status() == 204, "handled")));
    rows.add(
        Row.of("C03", "TRACE", head("TRACE /c03 HTTP/1.1", HOST), refused(405))
            .but(JETTY, refused(403), BEFORE_US));
    for (String method : List.of("FOO", "get", "Get", "PROPFIND", "PRI")) {
      rows.add(Row.of("C03", method, head(method + " /c03 HTTP/1.1", HOST), refused(405, 501)));
    }
    rows.add(Row.of("C03", "G@T", head("G@T /c03 HTTP/1.1", HOST), refused(400)));
  }

  private static void segments(List<Row> rows) {
    for (String escape :
        List.of(
            "%2F",
            "%2f",
            "%5C",
            "%3B",
            "%25",
            "%252e",
            "%3F",
            "%23",
            "%00",
            "%0d%0aX:1",
            "%C0%AE",
            "%u002e",
            "%",
            "%zz",
            "%2",
            "%20",
            "%7C",
            "%e2%82%ac",
            "%41")) {
      String target = "/c05/x" + escape + "y";
      rows.add(
          Row.of(
              "C05", "a segment with " + escape, get(target, HOST), refused(400).or(at(target))));
    }
    String raw = Text.utf8("/c05/é");
    rows.add(Row.of("C05", "a segment in UTF-8", get(raw, HOST), refused(400)));
    rows.add(Row.of("C05", "a fragment", get("/c05#x", HOST), refused(400)));
  }

  private static void queries(List<Row> rows) {
    for (String query :
        List.of("?a&a&a=", "?;a=b", "?a=b?c=d", "?a=/../b", "?a=%00%0d%0a", "?%41=+")) {
      String target = "/c07" + query;
      rows.add(Row.of("C07", "query " + query, get(target, HOST), at(target)));
    }
    for (String query : List.of("?", "??")) {
      String target = "/c07" + query;
      rows.add(
          Row.of("C07", "query " + query, get(target, HOST), at(target))
              .but(WILDFLY, at("/c07"), "Undertow says nothing of a query of question marks"));
    }
    for (String query : List.of("?a=%", "?a=%zz")) {
      String target = "/c07" + query;
      rows.add(
          Row.of("C07", "query " + query, get(target, HOST), at(target))
              .but(WILDFLY, refused(400), "Undertow refuses an escape that is none"));
    }
    for (String query : List.of("?a=[{\"|^]", "?a=`<>\\")) {
      String target = "/c07" + query;
      rows.add(
          Row.of("C07", "query " + query, get(target, HOST), at(target))
              .but(TOMCAT_AND_WILDFLY, refused(400), "it is not in the grammar of RFC 3986 §3.4"));
    }
    String parameter = "/c07;a=b";
    rows.add(Row.of("C07", ";a=b", get(parameter, HOST), at(parameter)));
    String long8k = "/c07?" + "q".repeat(8_000);
    rows.add(Row.of("C07", "a query of 8,000 bytes", get(long8k, HOST), at(long8k)));
  }

  private static void upgrades(List<Row> rows) {
    for (String protocol : List.of("websocket", "foo/2", "TLS/1.2")) {
      rows.add(
          Row.of(
              "C11",
              "Upgrade: " + protocol,
              get(
                  "/c11",
                  HOST,
                  "Connection: Upgrade",
                  "Upgrade: " + protocol,
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
              refused(400, 426).or(at("/c11"))));
    }
  }

  private static Required at(String target) {
    return forwarded(target, "");
  }

  private static String get(String target, String... lines) {
    List<String> all = new ArrayList<>(List.of("GET " + target + " HTTP/1.1"));
    all.addAll(List.of(lines));
    return head(all.toArray(String[]::new));
  }
}
