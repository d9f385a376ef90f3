package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Required.refused;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.Script;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C03 with {@code proxy.guard.methods} of {@code *}: any token but two. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue C03: unknown methods, where the operator wants them")
final class AnyMethodIT {
  private static Front front;

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    front = Front.deploy(Map.of("proxy.guard.methods", "*"));
    front.answer(seen -> Script.ok(seen.method() + " " + seen.target()));
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  static Stream<Row> rows() {
    return Stream.concat(
        List.of("FOO", "get", "PROPFIND", "M-SEARCH", "X!#$%&'*+.^_`|~1").stream()
            .map(AnyMethodIT::passes),
        Stream.of(
            Row.of("C03", "TRACE", head("TRACE /c03 HTTP/1.1", HOST), refused(405))
                .but(Row.JETTY, refused(403), "a constraint of Jetty's own comes before us"),
            Row.of(
                    "C03",
                    "CONNECT",
                    head("CONNECT a:443 HTTP/1.1", "Host: a:443"),
                    refused(405, 501))
                .but(Row.WILDFLY, refused(500), "Undertow fails before the WAR (UT000068)"),
            Row.of("C03", "G@T", head("G@T /c03 HTTP/1.1", HOST), refused(400))));
  }

  private static Row passes(String method) {
    return Row.of(
        "C03",
        method + " with a body",
        head(method + " /c03 HTTP/1.1", HOST, "Content-Length: 5") + "hello",
        new Required(
            "passed on unchanged, with its body",
            observed ->
                observed.statuses().equals(List.of(200))
                    && observed.seen().size() == 1
                    && observed.seen().get(0).requestLine().equals(method + " /c03 HTTP/1.1")
                    && observed.seen().get(0).body().text().equals("hello")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aMethodIsPassedOnAsItIs(Row row) throws Exception {
    var unused = front.check(row);
  }
}
