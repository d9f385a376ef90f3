package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §10.2.2 Location")
class RedirectTargetTest {
  private static final String PUBLIC = "https://public.test";

  @ParameterizedTest(name = "{0} from {1} -> {2}")
  @CsvSource({
    "http://b:8080/x, http://b:8080, https://public.test/x",
    "http://b:8080, http://b:8080, https://public.test/",
    "http://b:8080/, http://b:8080, https://public.test/",
    "HTTP://B:8080/X, http://b:8080, https://public.test/X",
    "http://b:8080?q=a|b, http://b:8080, https://public.test?q=a|b",
    "http://b:8080#f, http://b:8080, https://public.test#f",
    "http://b:8080//evil, http://b:8080, https://public.test//evil",
    "http://b/x, http://b:80, https://public.test/x",
    "http://b:8080/base/x, http://b:8080/base, https://public.test/x",
    "http://b:8080/base/x, http://b:8080/base/, https://public.test/x",
    "http://b:8080/base?q, http://b:8080/base, https://public.test?q",
    "http://[::1]:8080/x, http://[::1]:8080, https://public.test/x",
  })
  void whatPointsAtTheBackendPointsAtUs(String location, String backend, String expected) {
    assertThat(map(location, backend, "")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "/x, http://b:8080",
    "x, http://b:8080",
    "'', http://b:8080",
    "//b:8080/x, http://b:8080",
    "https://b:8080/x, http://b:8080",
    "http://other/x, http://b:8080",
    "http://b/x, http://b:8080",
    "http://b:80801/x, http://b:8080",
    "http://b:8080@evil/x, http://b:8080",
    "http://b:8080.evil/x, http://b",
    "http://b.evil/x, http://b",
    "http://b:8080/other, http://b:8080/base",
    "http://b:8080/baseless, http://b:8080/base",
    "http://b:8080, http://b:8080/base",
  })
  void whatPointsElsewhereIsLeftAlone(String location, String backend) {
    assertThat(map(location, backend, "")).isEqualTo(location);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "http://b/x, https://public.test/api/x",
    "http://b, https://public.test/api/",
    "http://b/?q, https://public.test/api/?q",
  })
  void theStrippedPrefixComesBack(String location, String expected) {
    assertThat(map(location, "http://b", "/api")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "http://b/base/x, https://public.test/api/x",
    "http://b/base, https://public.test/api",
  })
  void theBasePathGoesAndThePrefixComes(String location, String expected) {
    assertThat(map(location, "http://b/base", "/api")).isEqualTo(expected);
  }

  private static Upstream upstream(String url) {
    return new Upstream("b", URI.create(url), 1);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "https://a/x, https://public.test/x",
    "https://a:443/x, https://public.test/x",
    "https://b:8443/x, https://public.test/x",
    "https://site.test/x, https://public.test/x",
    "https://c/x, https://c/x",
  })
  void anyBackendOfThePoolAndTheHostWeSendAreMeant(String location, String expected) {
    Upstream answering = upstream("https://a");
    List<Candidate> pool = pool(answering, upstream("https://b:8443"));
    assertThat(RedirectTarget.map(location, answering, pool, "site.test", PUBLIC, ""))
        .isEqualTo(expected);
  }

  @Test
  void whoIsTakenOutOfThePoolStillMeansItself() {
    Upstream gone = upstream("http://gone/base");
    List<Candidate> pool = pool(upstream("http://b"));
    assertThat(RedirectTarget.map("http://gone/base/x", gone, pool, "h", PUBLIC, "/api"))
        .isEqualTo("https://public.test/api/x");
  }

  @Test
  void whoAnswersMeansItsOwnBasePathFirst() {
    Upstream answering = upstream("http://b/base");
    List<Candidate> pool = pool(upstream("http://b"), answering);
    assertThat(RedirectTarget.map("http://b/base/x", answering, pool, "h", PUBLIC, ""))
        .isEqualTo("https://public.test/x");
  }

  private static String map(String location, String backend, String prefix) {
    Upstream answering = upstream(backend);
    List<Candidate> pool = pool(answering);
    return RedirectTarget.map(location, answering, pool, "sent.test", PUBLIC, prefix);
  }

  private static List<Candidate> pool(Upstream... upstreams) {
    return Pools.pool("pool", List.of(upstreams), new RoundRobin()).candidates();
  }
}
