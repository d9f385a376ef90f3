package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Seen;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Area B, from the client to the backend. */
final class RequestFields {
  private RequestFields() {}

  static Stream<Case> rows() {
    return Stream.of(
            connectionOptions(), otherHops(), claims(), overrides(), limits(), loops(), counted())
        .flatMap(List::stream);
  }

  private static List<Case> connectionOptions() {
    return List.of(
        Case.of("B01", "fields that two Connection lines name")
            .lines("Connection: X-A, X-B", "X-A: 1", "X-B: 2", "Connection: X-C", "X-C: 3")
            .lines("X-D: 4")
            .must("stay on the connection", o -> hasOnly(o.forwarded(), "X-D")),
        Case.of("B01", "Connection in odd spelling: connection: ,x-a ,,X-B,close;q=1")
            .lines("connection: ,x-a ,,X-B,close;q=1", "X-A: 1", "x-b: 2", "X-D: 4")
            .must("takes the same fields off", o -> hasOnly(o.forwarded(), "X-D")),
        Case.of("B02", "Connection: X-API-Key with a valid key")
            .lines("Connection: X-API-Key")
            .must(
                "is let in, and the backend learns who, not how",
                o -> {
                  o.isAnswered(200, "backend");
                  assertThat(o.forwarded().headers("X-Consumer-Id")).containsExactly("test");
                  assertThat(o.forwarded().header("X-API-Key")).isEmpty();
                }),
        Case.of("B02", "Connection: X-API-Key without a key")
            .withoutKey()
            .lines("Connection: X-API-Key")
            .must(
                "is a 401",
                o -> {
                  o.isRefused(401);
                  o.isNotForwarded();
                }),
        Case.of("B02", "Connection: Authorization, Cookie")
            .lines("Connection: Authorization, Cookie", "Authorization: Basic eDp5", "Cookie: a=b")
            .must(
                "takes these fields off and nothing else",
                o -> {
                  o.isAnswered(200, "backend");
                  assertThat(o.forwarded().header("Authorization")).isEmpty();
                  assertThat(o.forwarded().header("Cookie")).isEmpty();
                  assertThat(o.forwarded().headers("X-Consumer-Id")).containsExactly("test");
                }),
        Case.of("B02", "Connection names the fields that are ours and Host")
            .lines("Connection: X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host, Via, Host")
            .lines("Connection: X-Consumer-Id, X-Forwarded-Port", "X-Forwarded-For: 203.0.113.9")
            .must(
                "they are set nevertheless",
                o -> {
                  Seen seen = o.forwarded();
                  assertThat(seen.headers("Host")).containsExactly(o.backend().authority());
                  assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
                  assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("http");
                  assertThat(seen.headers("X-Forwarded-Host")).containsExactly("localhost");
                  assertThat(seen.headers("X-Forwarded-Port")).hasSize(1);
                  assertThat(seen.headers("X-Consumer-Id")).containsExactly("test");
                  assertThat(seen.headers("Via")).containsExactly("1.1 gatehouse");
                }),
        Case.of("B02", "Connection: Transfer-Encoding with a chunked body")
            .post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
            .lines("Connection: Transfer-Encoding")
            .must("the body arrives, well framed", RequestFields::bodyIsHello),
        Case.of("B02", "Connection: Content-Length with a body")
            .post("hello", "Content-Length: 5", "Connection: Content-Length")
            .must("the body arrives, well framed", RequestFields::bodyIsHello));
  }

  private static List<Case> otherHops() {
    return List.of(
        Case.of("B04", "hop-by-hop fields, most of them not named by Connection")
            .lines("Proxy-Authorization: Basic eDp5", "Proxy-Authenticate: Basic", "Trailer: X-A")
            .lines(
                "Connection: Upgrade",
                "Upgrade: x/1",
                "TE: trailers",
                "Keep-Alive: 5",
                "Proxy-Connection: keep-alive")
            .lines("X-D: 4")
            .must(
                "are not forwarded",
                o -> {
                  o.isAnswered(200, "backend");
                  for (String name :
                      List.of(
                          "Proxy-Authorization",
                          "Proxy-Authenticate",
                          "Trailer",
                          "Upgrade",
                          "TE",
                          "Keep-Alive",
                          "Proxy-Connection")) {
                    assertThat(o.forwarded().header(name)).as(name).isEmpty();
                  }
                  hasOnly(o.forwarded(), "X-D");
                }));
  }

  private static List<Case> claims() {
    return List.of(
        Case.of("B05", "a stranger says who asks, in every field that is known for it")
            .lines("X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 203.0.113.10")
            .lines("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https")
            .lines("X-Forwarded-Port: 1", "X-Forwarded-Prefix: /evil", "X-Forwarded-Server: evil")
            .lines("Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9")
            .lines("True-Client-IP: 203.0.113.9", "X-Consumer-Id: root")
            .must("we say it ourselves", RequestFields::isToldByUsAlone),
        Case.of("B07", "underscore forms of fields that are ours, with a key")
            .lines("X_Forwarded_For: 203.0.113.9", "X_API_Key: other", "X_Consumer_Id: root")
            .lines("X-Forwarded_Proto: https")
            .must(
                "reach no backend that takes them for the dashed ones",
                o -> {
                  if (o.reply().status() != 400) {
                    isToldByUsAlone(o);
                    assertThat(o.forwarded().headerLines()).noneMatch(line -> line.contains("_"));
                  }
                }),
        Case.of("B07", "a valid key in X_API_Key")
            .withoutKey()
            .lines("X_API_Key: " + Settings.KEY)
            .must(
                "opens nothing",
                o -> {
                  o.isRefused(400, 401);
                  o.isNotForwarded();
                }));
  }

  private static List<Case> overrides() {
    Case given =
        Case.of("B08", "X-Original-URL, X-Rewrite-URL, X-HTTP-Method-Override")
            .lines("X-Original-URL: /_proxy/status", "X-Rewrite-URL: /other")
            .lines("X-HTTP-Method-Override: DELETE", "X-Method-Override: DELETE");
    return List.of(
        given.must(
            "change neither method nor target",
            o -> {
              o.isAnswered(200, "backend");
              assertThat(o.forwarded().method()).isEqualTo("GET");
              assertThat(o.forwarded().target()).isEqualTo(o.target());
            }),
        given
            .withoutKey()
            .must(
                "open nothing without a key",
                o -> {
                  o.isRefused(401);
                  o.isNotForwarded();
                }));
  }

  private static List<Case> limits() {
    return List.of(
        manyFields(80),
        manyFields(190)
            .except(
                Set.of("tomcat10", "tomcat11"),
                "the connector's maxHeaderCount, 100 by default, comes before us",
                o -> {
                  o.isRefused(400, 431);
                  o.isNotForwarded();
                }),
        Case.of("B11", "a value of all bytes from 0x80 to 0xFF")
            .lines("X-Obs: a" + Bytes8.OBS_TEXT + "z")
            .must(
                "arrives byte for byte",
                o ->
                    assertThat(o.forwarded().headers("X-Obs"))
                        .containsExactly("a" + Bytes8.OBS_TEXT + "z")),
        Case.of("B15", "a header line of 7.9 kB")
            .lines("X-Long: " + "x".repeat(7_890))
            .must(
                "is forwarded",
                o -> {
                  o.isAnswered(200, "backend");
                  assertThat(o.forwarded().header("X-Long").orElseThrow()).hasSize(7_890);
                }),
        Case.of("B15", "a header line of 64 kB")
            .lines("X-Long: " + "x".repeat(64_000))
            .must(
                "is a 431 or 400",
                o -> {
                  o.isRefused(431, 400);
                  o.isNotForwarded();
                }),
        Case.of("B17", "a Range of a thousand parts")
            .lines("Range: bytes=" + "0-,".repeat(999) + "0-")
            .must(
                "is the backend's to judge",
                o -> {
                  o.isAnswered(200, "backend");
                  assertThat(o.forwarded().headers("Range"))
                      .containsExactly("bytes=" + "0-,".repeat(999) + "0-");
                }));
  }

  /** Lines of 40 bytes with their ends; every fourth has the same name. */
  private static Case manyFields(int count) {
    List<String> lines = Bytes8.lines(count);
    return Case.of("B11", count + " fields of 40 bytes")
        .lines(lines.toArray(String[]::new))
        .must(
            "arrive in order and byte for byte",
            o -> {
              o.isAnswered(200, "backend");
              assertThat(Bytes8.comparable(o.forwarded().headerLines()))
                  .isEqualTo(Bytes8.comparable(lines));
              assertThat(o.forwarded().headers("X-Many")).isEqualTo(Bytes8.values(lines, "X-Many"));
            });
  }

  private static List<Case> loops() {
    return Stream.of("1.1 gatehouse", "1.0 fred, 1.1 GateHouse (again)", "1.1 a,2 gatehouse")
        .map(
            via ->
                Case.of("B12", "Via: " + via)
                    .lines("Via: " + via)
                    .must(
                        "is a loop",
                        o -> {
                          o.isRefused(508, 502);
                          o.isNotForwarded();
                        }))
        .toList();
  }

  private static List<Case> counted() {
    return List.of(
        Case.of("B12", "Via: 1.0 fred, 1.1 gatehouse2")
            .lines("Via: 1.0 fred, 1.1 gatehouse2")
            .must(
                "is no loop; our name follows",
                o ->
                    assertThat(String.join(", ", o.forwarded().headers("Via")))
                        .isEqualTo("1.0 fred, 1.1 gatehouse2, 1.1 gatehouse")),
        Case.of("B13", "OPTIONS with Max-Forwards: 0")
            .method("OPTIONS")
            .lines("Max-Forwards: 0")
            .must(
                "is answered by us",
                o -> {
                  assertThat(o.reply().status()).isIn(200, 204);
                  assertThat(o.reply().header("Allow").orElseThrow()).contains("GET");
                  o.isNotForwarded();
                }),
        Case.of("B13", "OPTIONS with Max-Forwards: 1")
            .method("OPTIONS")
            .lines("Max-Forwards: 1")
            .must(
                "is forwarded with 0",
                o -> assertThat(o.forwarded().headers("Max-Forwards")).containsExactly("0")),
        Case.of("B13", "OPTIONS with Max-Forwards: -1")
            .method("OPTIONS")
            .lines("Max-Forwards: -1")
            .must(
                "is a 400",
                o -> {
                  o.isRefused(400);
                  o.isNotForwarded();
                }));
  }

  private static void bodyIsHello(Outcome o) throws Exception {
    if (o.reply().status() == 400) {
      o.isNotForwarded(); // as strict
      return;
    }
    o.isAnswered(200, "backend");
    Seen seen = o.forwarded();
    assertThat(seen.body().text()).isEqualTo("hello");
    assertThat(seen.headers("Content-Length").size() + seen.headers("Transfer-Encoding").size())
        .as("one framing")
        .isEqualTo(1);
    o.othersGetTheirAnswers();
  }

  private static void isToldByUsAlone(Outcome o) {
    Seen seen = o.forwarded();
    assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(seen.headers("X-Forwarded-Host")).containsExactly("localhost");
    assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("http");
    assertThat(seen.headers("X-Forwarded-Port")).hasSize(1).doesNotContain("1");
    assertThat(seen.headers("X-Consumer-Id")).containsExactly("test");
    assertThat(seen.headerLines())
        .noneMatch(line -> line.contains("203.0.113") || line.contains("evil"));
  }

  /** Of the fields X-A and so on. */
  private static void hasOnly(Seen seen, String name) {
    List<String> letters = IntStream.rangeClosed('A', 'D').mapToObj(c -> "X-" + (char) c).toList();
    assertThat(letters.stream().filter(one -> seen.header(one).isPresent())).containsExactly(name);
  }
}
