package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9110 §8.6: the length in a 304 is that of the whole, or is not there. */
@ArquillianTest
@RunAsClient
@DisplayName("304")
final class NotModifiedIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  void fromStoreClaimsNoLengthOfZero() throws Exception {
    BACKEND.answer(
        seen ->
            Script.response(
                200, "hello".getBytes(US_ASCII), "Cache-Control: max-age=99", "ETag: \"a\""));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/304", Settings.KEY_LINE).text()).isEqualTo("hello");
      for (int i = 0; i < 2; i++) {
        Reply reply = client.get("/304", Settings.KEY_LINE, "If-None-Match: \"a\"");
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.header("Content-Length")).isIn(Optional.empty(), Optional.of("5"));
        assertThat(reply.header("Transfer-Encoding")).isEmpty();
      }
      assertThat(client.get("/304", Settings.KEY_LINE).text()).isEqualTo("hello");
    }
  }

  @Test
  void validatedClaimsNoLengthOfZero() throws Exception {
    BACKEND.answer(
        seen ->
            seen.header("If-None-Match").isPresent()
                ? Script.ofStatus(304, "ETag: \"b\"", "Cache-Control: no-cache")
                : Script.response(
                    200, "hello".getBytes(US_ASCII), "Cache-Control: no-cache", "ETag: \"b\""));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/304b", Settings.KEY_LINE).text()).isEqualTo("hello");
      for (int i = 0; i < 2; i++) {
        Reply reply = client.get("/304b", Settings.KEY_LINE, "If-None-Match: \"b\"");
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.header("Content-Length")).isIn(Optional.empty(), Optional.of("5"));
        assertThat(reply.header("Transfer-Encoding")).isEmpty();
      }
      assertThat(client.get("/304b", Settings.KEY_LINE).text()).isEqualTo("hello");
    }
  }

  @Test
  void forwardedClaimsNoLengthOfZero() throws Exception {
    BACKEND.answer(seen -> Script.ofStatus(304, "ETag: \"c\""));
    try (RawClient client = RawClient.to(server.http())) {
      for (int i = 0; i < 2; i++) {
        Reply reply = client.get("/304c", Settings.KEY_LINE, "If-None-Match: \"c\"");
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.header("Content-Length")).isEmpty();
        assertThat(reply.header("Transfer-Encoding")).isEmpty();
      }
    }
  }
}
