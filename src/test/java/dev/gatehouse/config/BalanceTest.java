package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.HashKey;
import dev.gatehouse.config.PoolConfig.HashSource;
import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.config.PoolConfig.StickyMode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BalanceTest {
  @ParameterizedTest
  @EnumSource(Policy.class)
  void eachPolicyHasAWord(Policy policy) {
    assertThat(read("proxy.lb.policy", policy.word()).policy()).isEqualTo(policy);
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource({
    "clientIp, CLIENT_IP, ''",
    "CLIENTIP, CLIENT_IP, ''",
    "uri, URI, ''",
    "header:X-Tenant, HEADER, X-Tenant",
    "Cookie:sid, COOKIE, sid",
  })
  void theHashKeyNamesAPartOfTheRequest(String text, HashSource source, String name) {
    assertThat(read("proxy.lb.hashKey", text).hashKey()).isEqualTo(new HashKey(source, name));
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource({
    "off, OFF, PXROUTE",
    "cookie, COOKIE, PXROUTE",
    "jvmRoute, JVM_ROUTE, JSESSIONID",
  })
  void stickinessHasACookieOfItsOwnName(String word, StickyMode mode, String cookie) {
    var sticky = read("proxy.lb.sticky", word).sticky();
    assertThat(sticky.mode()).isEqualTo(mode);
    assertThat(sticky.cookie()).isEqualTo(cookie);
    assertThat(sticky.secret()).isEmpty();
  }

  @Test
  void cookieAndSecretMayBeGiven() {
    var given = Given.valid().context("proxy.lb.sticky", "cookie");
    given.context("proxy.lb.stickyCookie", "node");
    given.context("proxy.lb.stickySecret", "0123456789abcdef");
    var sticky = given.config().pools().get(0).balance().sticky();
    assertThat(sticky.cookie()).isEqualTo("node");
    assertThat(sticky.secret().map(Secret::reveal)).isEqualTo(Optional.of("0123456789abcdef"));
  }

  @Test
  void poolsDoNotShareACookieUnlessToldTo() {
    var given = Given.valid().context("proxy.lb.sticky", "cookie");
    given.context("proxy.pool.a.backends", "http://127.0.0.1:9001");
    given.context("proxy.pool.b.backends", "http://127.0.0.1:9002");
    given.context("proxy.pool.b.lb.stickyCookie", "own");
    given.context("proxy.route.a.path", "/shop/a/*").context("proxy.route.a.pool", "a");
    given.context("proxy.route.b.path", "/shop/b/*").context("proxy.route.b.pool", "b");
    assertThat(given.config().pools())
        .extracting(pool -> pool.balance().sticky().cookie())
        .containsExactlyInAnyOrder("PXROUTE", "PXROUTE_a", "own");
  }

  @Test
  void aShortSecretIsRefused() {
    assertThat(Given.valid().context("proxy.lb.stickySecret", "0123456789abcde").problem())
        .contains("proxy.lb.stickySecret")
        .contains("must have 16 characters or more")
        .doesNotContain("0123456789abcde");
  }

  @Test
  void aHashKeyOfAnotherKindIsRefused() {
    assertThat(Given.valid().context("proxy.lb.hashKey", "query:x").problem())
        .contains("write clientIp, header:Name, cookie:Name or uri");
  }

  @Test
  void nothingElseIsOnByDefault() {
    var balance = Given.valid().config().pools().get(0).balance();
    assertThat(balance.policy()).isEqualTo(Policy.ROUND_ROBIN);
    assertThat(balance.slowStart()).isEqualTo(Duration.ZERO);
    assertThat(balance.panicThreshold()).isZero();
  }

  private static PoolConfig.Balance read(String name, String value) {
    return Given.valid().context(name, value).config().pools().get(0).balance();
  }
}
