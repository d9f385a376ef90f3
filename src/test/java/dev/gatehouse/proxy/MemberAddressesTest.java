package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.Whereabouts;
import dev.gatehouse.config.Tls;
import dev.gatehouse.health.HttpProbe;
import dev.gatehouse.health.ProbeResult;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Pki;
import dev.gatehouse.testkit.Pools;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By address to the connection, by name to everybody who looks at one. */
@Timeout(60)
class MemberAddressesTest {
  private static final byte[] HERE = {127, 0, 0, 1};
  private static final byte[] NOBODY = {127, 0, 0, 9};

  @TempDir private Path folder = Path.of("");
  private final Pki pki = newPki();
  private final Origin plain = Origin.answering(seen -> Script.ok("plain"));
  private final Origin secure = Origin.tls(pki.context(pki.named("shop.test")));
  private HttpClient client = new HttpClient();

  MemberAddressesTest() throws Exception {
    secure.answer(seen -> Script.ok("secure"));
  }

  @BeforeEach
  void start() throws Exception {
    Path ca = pki.authority().writeCertificate(folder.resolve("ca.pem"));
    Tls trusting = new Edit(Settings.tls(Tls.Verify.FULL)).caFile(ca).tls();
    client = UpstreamClient.start(Settings.CLIENT, trusting);
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    plain.close();
    secure.close();
  }

  @Test
  void aNameThatNobodyKnowsIsReachedByItsAddress() throws Exception {
    Upstream member = member("http", plain, HERE);
    assertThat(get(member).getContentAsString()).isEqualTo("plain");
    assertThat(plain.seen(0).header("Host")).contains("shop.test:" + plain.port());
  }

  @Test
  void theCertificateIsCheckedForTheName() throws Exception {
    assertThat(get(member("https", secure, HERE)).getContentAsString()).isEqualTo("secure");
    Seen seen = secure.seen(0);
    assertThat(seen.serverName()).contains("shop.test");

    Upstream other =
        new Upstream("x", URI.create("https://other.test:" + secure.port()), 1)
            .at("x", Whereabouts.at(InetAddress.getByAddress("other.test", HERE)));
    assertThatThrownBy(() -> get(other)).hasCauseInstanceOf(SSLException.class);
  }

  @Test
  void eachAddressHasConnectionsOfItsOwn() throws Exception {
    assertThat(get(member("http", plain, HERE)).getStatus()).isEqualTo(200);
    assertThatThrownBy(() -> get(member("http", plain, NOBODY)))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void whatIsNowhereFailsAtOnce() {
    Upstream nowhere =
        new Upstream("x", URI.create("http://shop.test"), 1).at("x", Whereabouts.UNKNOWN);
    assertThatThrownBy(() -> get(nowhere)).hasCauseInstanceOf(UnknownHostException.class);
    assertThat(check(nowhere).detail()).isEqualTo("host name not resolved");
  }

  @Test
  void checksGoToTheAddress() throws Exception {
    assertThat(check(member("http", plain, HERE)).ok()).isTrue();
    assertThat(plain.seen(0).header("Host")).contains("shop.test:" + plain.port());
    assertThat(check(member("http", plain, NOBODY)).detail()).isEqualTo("connection refused");
  }

  private ProbeResult check(Upstream upstream) {
    var second = Duration.ofSeconds(1);
    var probe = new HttpProbe(client, Pools.health("/", second, second, 1, 1), System::nanoTime);
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    probe.check(upstream, result::complete);
    return result.join();
  }

  private ContentResponse get(Upstream upstream) throws Exception {
    return new UpstreamRequest(client, upstream, "GET", "/", null, hints -> {}).send();
  }

  private static Upstream member(String scheme, Origin origin, byte[] address) throws Exception {
    InetAddress at = InetAddress.getByAddress("shop.test", address);
    URI url = URI.create(scheme + "://shop.test:" + origin.port());
    return new Upstream("shop", url, 1).at("shop", Whereabouts.at(at));
  }

  private static Pki newPki() {
    try {
      return Pki.create();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
