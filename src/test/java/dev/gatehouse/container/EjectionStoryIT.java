package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Who is taken out by its checks or by its traffic, and comes back; and what is configured anew.
 */
@ArquillianTest
@RunAsClient
@DisplayName("Ejection, health and reload")
final class EjectionStoryIT {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration SLACK = Duration.ofMillis(700); // for a busy machine

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  @DisplayName("R09, R03: failing checks take a backend out in 3 intervals, good ones back in 2")
  void checksTakeABackendOutAndPutItBackInTime() throws Exception {
    try (Checked sick = new Checked();
        Checked well = new Checked();
        Gatehouse gatehouse = Gatehouse.deploy(settings(sick, well));
        RawClient client = RawClient.to(gatehouse.http())) {
      Await.until("both healthy", () -> isState(sick, "HEALTHY") && isState(well, "HEALTHY"));
      sick.check = Script.ofStatus(500);
      long failing = System.nanoTime();
      Await.until("out", () -> isState(sick, "UNREACHABLE"));
      assertThat(since(failing)).isLessThan(INTERVAL.multipliedBy(3).plus(SLACK));
      int before = sick.requests();
      assertAnswered(client, 10);
      assertThat(sick.requests()).isEqualTo(before);

      sick.check = Script.ok("up");
      long good = System.nanoTime();
      Await.until("back", () -> isState(sick, "HEALTHY"));
      assertThat(since(good)).isLessThan(INTERVAL.multipliedBy(2).plus(SLACK));
      assertAnswered(client, 4);
      assertThat(sick.requests()).isGreaterThan(before);
    }
  }

  @Test
  @DisplayName("R10: who flaps stays out until its checks succeed in a row; bodies are matched")
  void whoFlapsStaysOut() throws Exception {
    try (Checked flapping = new Checked();
        Checked well = new Checked()) {
      Map<String, String> settings = settings(flapping, well);
      settings.put("proxy.health.minSuccesses", "3");
      settings.put("proxy.health.body", "^(up|fine)$");
      settings.put("proxy.health.downInterval", "100ms");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        Await.until("healthy", () -> isState(flapping, "HEALTHY"));
        flapping.check = Script.ok("maintenance");
        Await.until("out", () -> isState(flapping, "UNREACHABLE"));
        assertThat(Status.get(server).backend(flapping.authority()).getString("lastCheckResult"))
            .isEqualTo("status 200, but not the body that is wanted");
        int before = flapping.requests();
        AtomicInteger checks = new AtomicInteger();
        flapping.checks =
            seen -> Script.ok(checks.getAndIncrement() % 3 == 2 ? "maintenance" : "fine");
        Await.until("flapped", () -> checks.get() > 12);
        assertAnswered(client, 10);
        assertThat(flapping.requests()).isEqualTo(before);
        flapping.checks = seen -> Script.ok("up");
        Await.until("back", () -> isState(flapping, "HEALTHY"));
      }
    }
  }

  @Test
  void whoPassesItsChecksAndResetsRequestsIsEjectedForAWhile() throws Exception {
    try (Checked broken = new Checked();
        Checked well = new Checked()) {
      Map<String, String> settings = checkedOnce(broken, well);
      settings.put("proxy.health.passive.failTimeout", "3s");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        Await.until("healthy", () -> isState(broken, "HEALTHY"));
        broken.answer = seen -> Script.raw("").rst();
        assertAnswered(client, 10);
        Await.until(
            "ejected",
            () -> log(broken).contains("ejected, 3 requests in a row failed, the last:"));
        int before = broken.requests();
        assertAnswered(client, 20);
        assertThat(broken.requests()).isEqualTo(before);
        assertThat(isState(broken, "HEALTHY")).isTrue();
        broken.answer = seen -> Script.ok("served");
        Await.until("back", () -> log(broken).contains("back, after 3 s"));
        assertAnswered(client, 4);
        assertThat(broken.requests()).isGreaterThan(before);
      }
    }
  }

  @Test
  void whoHadOnlyTheTimeThatOthersLeftIsNotToBlame() throws Exception {
    try (Checked silent = new Checked();
        Checked late = new Checked()) {
      silent.answer = seen -> Script.silence();
      late.answer = seen -> Script.silence();
      Map<String, String> settings = checkedOnce(silent, late);
      settings.put("proxy.lb.policy", "first");
      settings.put("proxy.upstream.timeout", "1200ms");
      settings.put("proxy.retry.on", "timeout");
      settings.put("proxy.retry.tryTimeout", "800ms");
      settings.put("proxy.health.passive.maxFails", "1");
      settings.put("proxy.health.passive.failTimeout", "5m");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        Await.until("healthy", () -> isState(silent, "HEALTHY") && isState(late, "HEALTHY"));
        assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(504);
        assertThat(late.requests()).isEqualTo(1);
        Status.awaitNothingInFlight(server);
        assertThat(standing(silent)).isEqualTo("EJECTED");
        assertThat(standing(late)).isEqualTo("AVAILABLE");
        assertThat(Status.get(server).backend(late.authority()).getInt("timeouts")).isZero();

        assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(504);
        Status.awaitNothingInFlight(server);
        assertThat(Status.get(server).backend(late.authority()).getInt("timeouts"))
            .as("it had its own 800 ms")
            .isEqualTo(1);
      }
    }
  }

  private String standing(Checked backend) throws IOException {
    return Status.get(server).backend(backend.authority()).getString("standing");
  }

  @Test
  void backendsAreConfiguredAnewWhileTheProxyRuns() throws Exception {
    try (Checked first = new Checked();
        Checked second = new Checked()) {
      Map<String, String> settings = reloading(first);
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        assertAnswered(client, 4);
        Map<String, String> both = reloading(first, second);
        Gatehouse.write(Settings.with(both, "proxy.nonsense", "1"));
        Await.until("refused", () -> server.log().contains("The changed configuration is refused"));
        assertAnswered(client, 4);
        assertThat(second.requests()).isZero();

        Gatehouse.write(both);
        Await.until("reloaded", () -> Status.get(server).backends().size() == 2);
        Await.until("checked", () -> isState(second, "HEALTHY"));
        assertAnswered(client, 4);
        assertThat(second.requests()).isEqualTo(2);
        Await.until( // it is counted when the client has its answer
            "all counted",
            () -> Status.get(server).backend(first.authority()).getInt("requests") == 10);

        Gatehouse.write(reloading(second));
        Await.until("one left", () -> Status.get(server).backends().size() == 1);
        int before = first.requests();
        assertAnswered(client, 4);
        assertThat(first.requests()).isEqualTo(before);
      }
    }
  }

  private static void assertAnswered(RawClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      Reply reply = client.get("/", Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.end().isWhole()).isTrue();
    }
  }

  /** Without later checks, which a busy machine might answer too late. */
  private static Map<String, String> checkedOnce(Checked... backends) {
    Map<String, String> settings = settings(backends);
    settings.put("proxy.health.interval", "1h");
    settings.put("proxy.health.timeout", "10s");
    return settings;
  }

  private static Map<String, String> reloading(Checked... backends) {
    return Settings.with(checkedOnce(backends), "proxy.configReload", "200ms");
  }

  private static Map<String, String> settings(Checked... backends) {
    Map<String, String> settings =
        Settings.of(List.of(backends).stream().map(each -> each.origin.url()).toList());
    settings.put("proxy.health.interval", INTERVAL.toMillis() + "ms");
    return settings;
  }

  private boolean isState(Checked backend, String state) throws IOException {
    return Status.get(server).backend(backend.authority()).getString("status").equals(state);
  }

  /** What the log says of it. */
  private String log(Checked backend) {
    StringBuilder lines = new StringBuilder();
    server
        .log()
        .lines()
        .filter(line -> line.contains(backend.authority()))
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** A backend whose checks are scripted, too. */
  private static final class Checked implements AutoCloseable {
    final Origin origin = Origin.scripted();
    volatile Script check = Script.ok("up");
    volatile Function<Seen, Script> checks = seen -> check;
    volatile Function<Seen, Script> answer = seen -> Script.ok("served");

    Checked() {
      var unused = origin.answer(seen -> isCheck(seen) ? checks.apply(seen) : answer.apply(seen));
    }

    private static boolean isCheck(Seen seen) {
      return seen.target().equals(Backend.HEALTH);
    }

    String authority() {
      return origin.url().getAuthority();
    }

    int requests() {
      return (int) origin.seen().stream().filter(seen -> !isCheck(seen)).count();
    }

    @Override
    public void close() {
      origin.close();
    }
  }
}
