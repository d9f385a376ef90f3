package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Front.ADMIN;
import static dev.gatehouse.conformance.Front.KEY;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.chunked;
import static dev.gatehouse.conformance.Text.head;
import static dev.gatehouse.conformance.Text.smuggled;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A17 and A18: what we refuse, or the backend refuses early, has a body of a megabyte that is full
 * of requests with good keys. None of them may be answered. For a deployment with keys, the prefix
 * {@code /api}, bodies of 2 MB at most and a backend that answers as its path says.
 */
final class RefusedBodyRows {
  private static final String BODY = smuggled(HOST, KEY).repeat(1 << 14);
  private static final String POST = "POST /api/x HTTP/1.1";

  private RefusedBodyRows() {}

  static Stream<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (boolean inChunks : new boolean[] {false, true}) {
      add(rows, inChunks, "A17", "401: no key", 401, POST, HOST);
      add(rows, inChunks, "A17", "401: a wrong key", 401, POST, HOST, "X-API-Key: wrong");
      add(rows, inChunks, "A18", "400: two hosts", 400, POST, HOST, "Host: q.test", KEY);
      add(rows, inChunks, "A18", "400: a path", 400, "POST /api/../x HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "404: no route", 404, "POST /x HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "405: a method", 405, "DELETE /api/x HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "501: unknown method", 501, "FOO /api/x HTTP/1.1", HOST, KEY);
      add(rows, inChunks, BODY.repeat(3), "A18", "413: too large", 413, POST, HOST, KEY);
      String line = "POST /api/" + "x".repeat(5_000) + " HTTP/1.1";
      add(rows, inChunks, "A18", "414: too long a target", 414, line, HOST, KEY);
      String[] many = many(80);
      many[0] = POST;
      add(rows, inChunks, "A18", "431: too many fields", 431, many);
      add(rows, inChunks, "A18", "417: an expectation", 417, POST, HOST, KEY, "Expect: 200-ok");
      String page = "POST /_proxy/status HTTP/1.1";
      add(rows, inChunks, "A18", "401: status page without a key", 401, page, HOST);
      add(rows, inChunks, "A18", "401: status page with a key of traffic", 401, page, HOST, KEY);
      add(rows, inChunks, "A18", "405: status page with a key", 405, page, HOST, ADMIN);
      add(rows, inChunks, "A18", "508: a loop", 508, POST, HOST, KEY, "Via: 1.1 conformance");
    }
    return rows.stream();
  }

  /** Bodies that we begin to pass on, to a backend that does not want them. */
  static Stream<Row> early() {
    List<Row> rows = new ArrayList<>();
    for (boolean inChunks : new boolean[] {false, true}) {
      add(rows, inChunks, "A18", "redirected early", 302, "POST /api/302 HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "refused early", 403, "POST /api/403 HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "502: broken off", 502, "POST /api/502 HTTP/1.1", HOST, KEY);
      add(rows, inChunks, "A18", "504: too late", 504, "POST /api/504 HTTP/1.1", HOST, KEY);
    }
    return rows.stream();
  }

  private static String[] many(int count) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      lines[i] = "X-" + i + ": 1";
    }
    lines[1] = HOST;
    lines[2] = KEY;
    return lines;
  }

  private static void add(
      List<Row> rows, boolean inChunks, String id, String what, int status, String... lines) {
    add(rows, inChunks, BODY, id, what, status, lines);
  }

  private static void add(
      List<Row> rows,
      boolean inChunks,
      String body,
      String id,
      String what,
      int status,
      String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(inChunks ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
    rows.add(
        Row.of(
            id,
            what + (inChunks ? ", in chunks" : ", with a length"),
            head(all.toArray(String[]::new)) + (inChunks ? chunked(body) : body),
            new Required(
                "one answer, "
                    + status
                    + ", or none and closed; at most this request at the backend",
                observed ->
                    (observed.statuses().equals(List.of(status))
                            || (observed.statuses().isEmpty() && observed.isClosed()))
                        && observed.seen().size() <= 1)));
  }
}
