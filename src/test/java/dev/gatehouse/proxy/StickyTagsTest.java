package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class StickyTagsTest {
  private static final byte[] SECRET = "0123456789abcdef".getBytes(UTF_8);

  private final UpstreamPool pool = pool("default");
  private final StickyTags tags = new StickyTags(pool, SECRET);

  @Test
  void aTagLeadsBackToItsBackend() {
    assertThat(tags.id(tags.tag("a").orElseThrow())).contains("a");
    assertThat(tags.id(tags.tag("b").orElseThrow())).contains("b");
    assertThat(tags.tag("c")).isEmpty();
  }

  @Test
  void anotherProxyWithTheSecretMakesTheSame() {
    assertThat(new StickyTags(pool("default"), SECRET).tag("a")).isEqualTo(tags.tag("a"));
  }

  @Test
  void withoutTheSecretOrForAnotherPoolThereIsAnother() {
    byte[] other = "0123456789abcdeg".getBytes(UTF_8);
    assertThat(tags.id(new StickyTags(pool("default"), other).tag("a").orElseThrow())).isEmpty();
    assertThat(tags.id(new StickyTags(pool("shop"), SECRET).tag("a").orElseThrow())).isEmpty();
  }

  @Test
  void itTellsNothingOfTheBackend() {
    assertThat(tags.tag("a").orElseThrow()).hasSize(43).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void whatIsForgedIsIgnored() {
    String tag = tags.tag("a").orElseThrow();
    assertThat(tags.id("a")).isEmpty();
    assertThat(tags.id("")).isEmpty();
    assertThat(tags.id(tag.substring(0, 11))).isEmpty();
    assertThat(tags.id(tag + "A")).isEmpty();
    assertThat(tags.id(tag.substring(0, 42) + "\u20ac")).isEmpty();
    for (int i = 0; i < tag.length(); i++) {
      char instead = tag.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(tags.id(tag.substring(0, i) + instead + tag.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void backendsMayComeAndGo() {
    var added = Pools.add(pool, new Upstream("c", URI.create("http://c.test"), 1));
    String tag = tags.tag("c").orElseThrow();
    assertThat(tags.id(tag)).contains("c");
    Pools.remove(pool, added);
    assertThat(tags.id(tag)).isEmpty();
    assertThat(tags.tag("c")).isEmpty();
  }

  private static UpstreamPool pool(String id) {
    return Pools.pool(
        id,
        List.of(
            new Upstream("a", URI.create("http://a.test"), 1),
            new Upstream("b", URI.create("http://b.test"), 1)),
        new RoundRobin());
  }
}
