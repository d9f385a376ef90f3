package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The WAR comes, goes without a trace, and refuses to come with a wrong configuration. */
@ArquillianTest
@RunAsClient
@DisplayName("Deployment")
final class DeploymentIT {
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void theServerHasTheVeryFileThatTheBuildMade() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"));
        Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend));
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/", Settings.KEY_LINE).text()).isEqualTo("hello");
      String digest = Sha256.of(server.deployedWar().orElseThrow());
      System.out.println("gatehouse.war on " + server.name() + ": sha256 " + digest);
      assertThat(digest).isEqualTo(Sha256.of(server.war()));
    }
  }

  @Test
  void whatItRunsInIsSaidAndWarnedOfWhereItIsTooOld() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"));
        Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend));
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/", Settings.KEY_LINE).text()).isEqualTo("hello");
      assertThat(server.log()).doesNotContain("takes no whole bodies from us");
      var status = Status.get(server).json();
      assertThat(server.log()).contains(" started on " + status.getString("container"));
      // no WildFly that can be had for these tests has an Undertow of the floor
      boolean old = server.name().equals("wildfly");
      assertThat(status.getJsonArray("warnings").toString().contains("or later")).isEqualTo(old);
      assertThat(server.log().contains("Undertow 2.3.23 can be made to")).isEqualTo(old);
    }
  }

  @Test
  void undeploymentLeavesNoThread() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"))) {
      for (int round = 0; round < 3; round++) {
        try (Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend));
            RawClient client = RawClient.to(gatehouse.http())) {
          assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(200);
          assertThat(ServerThreads.ours()).isNotEmpty();
        }
        Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
      }
    }
  }

  @Test
  void nothingIsForwardedAfterUndeployment() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"))) {
      Gatehouse.deploy(Settings.of(backend)).close();
      try (RawClient client = RawClient.to(server.http())) {
        assertThat(client.get("/", Settings.KEY_LINE).status()).isNotEqualTo(200);
      }
      assertThat(backend.requests()).isEmpty();
    }
  }

  @Test
  void aWrongConfigurationIsRefusedWithTheWholeList() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"))) {
      Map<String, String> wrong = new HashMap<>(Settings.of(backend));
      wrong.put("proxy.helth.interval", "1s");
      wrong.put("proxy.health.timeout", "soon");
      wrong.put("proxy.retry.maxRetries", "-1");
      wrong.put("proxy.tls.caFile", "/no/such/file.pem");
      wrong.put("proxy.tls.verify", "none");
      wrong.put("proxy.auth.apiKeys", "short:secret");
      assertThatThrownBy(() -> Gatehouse.deploy(wrong))
          .isInstanceOf(Gatehouse.DeploymentFailed.class);
      Await.until("the report", () -> server.log().contains("The configuration has 6 problems"));
      assertThat(server.log())
          .contains("proxy.helth.interval", "did you mean proxy.health.interval?")
          .contains("proxy.health.timeout = soon", "proxy.retry.maxRetries = -1")
          .contains("proxy.tls.caFile = /no/such/file.pem", "proxy.tls.verify = none")
          .contains("gatehouse.properties")
          .contains("the key is shorter than 16 characters")
          .doesNotContain("short:secret");
      assertThat(ServerThreads.ours()).isEmpty();
      try (RawClient client = RawClient.to(server.http())) {
        assertThat(client.get("/", Settings.KEY_LINE).status()).isNotEqualTo(200);
      }
      try (Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend));
          RawClient client = RawClient.to(gatehouse.http())) {
        assertThat(client.get("/", Settings.KEY_LINE).text()).isEqualTo("hello");
      }
    }
  }

  @Test
  void withoutAnyKeyItDoesNotStartAndSaysHowToSetOne() {
    try (Backend backend = new Backend(seen -> Script.ok("hello"))) {
      Map<String, String> keyless = new HashMap<>(Settings.of(backend));
      keyless.remove("proxy.auth.apiKeys");
      assertThatThrownBy(() -> Gatehouse.deploy(keyless))
          .isInstanceOf(Gatehouse.DeploymentFailed.class);
      Await.until(
          "the advice",
          () ->
              server.log().contains("proxy.auth.apiKeyFile")
                  && server.log().contains("proxy.auth.mode"));
    }
  }
}
