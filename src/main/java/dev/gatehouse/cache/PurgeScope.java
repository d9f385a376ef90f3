package dev.gatehouse.cache;

import dev.gatehouse.http.Ascii;
import dev.gatehouse.http.Target;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the stored responses are meant, in an operator's words. Immutable.
 *
 * <p>A URL means all variants, and both schemes: who purges does not always know by which one we
 * are asked. One that begins with a slash is meant at each host. No character is a wildcard.
 */
public final class PurgeScope {
  private static final Target NOWHERE = new Target("http", "", "/");

  private final String words;
  private final Predicate<String> keys;
  private final Predicate<Stored> stored;

  private PurgeScope(String words, Predicate<String> keys, Predicate<Stored> stored) {
    this.words = words;
    this.keys = keys;
    this.stored = stored;
  }

  /** Everything. */
  public static PurgeScope all() {
    return new PurgeScope("all", key -> true, stored -> true);
  }

  /**
   * What has at least one of these tags. Indices stay, as other responses are found by them.
   *
   * @param tags at least one
   */
  public static PurgeScope tags(Set<String> tags) {
    Set<String> wanted = Set.copyOf(tags);
    return new PurgeScope(
        "tag " + String.join(" ", tags),
        key -> true,
        stored -> stored instanceof StoredResponse response && Tags.areIn(response.tags(), wanted));
  }

  /** What is stored for one URL; empty if it is none. */
  public static Optional<PurgeScope> url(String url) {
    return target(url).map(target -> of("url ", target, String::equals));
  }

  /** What is stored for the URLs that begin so; empty if it does not begin as a URL does. */
  public static Optional<PurgeScope> prefix(String url) {
    return target(url).map(target -> of("prefix ", target, String::startsWith));
  }

  /** What is stored for a target. */
  static PurgeScope of(Target target) {
    return of("url ", target, String::equals);
  }

  /** The same, less the answers to one method. */
  PurgeScope sparing(Target target, String method) {
    String spared = CacheKey.prefix(target, method);
    return new PurgeScope(words, key -> !key.startsWith(spared) && keys.test(key), stored);
  }

  private static PurgeScope of(String kind, Target wanted, Comparison resources) {
    return new PurgeScope(
        kind + shown(wanted),
        key -> CacheKey.target(key).filter(each -> matches(each, wanted, resources)).isPresent(),
        stored -> true);
  }

  private static boolean matches(Target each, Target wanted, Comparison resources) {
    return (wanted.authority().isEmpty() || each.authority().equals(wanted.authority()))
        && resources.test(each.resource(), wanted.resource());
  }

  private static Optional<Target> target(String url) {
    if (url.startsWith("/") && !url.startsWith("//")) {
      return NOWHERE.resolve(url);
    }
    String lower = Ascii.lower(url);
    return lower.startsWith("http://") || lower.startsWith("https://")
        ? NOWHERE.resolve(url).filter(target -> !target.authority().isEmpty())
        : Optional.empty();
  }

  /** Queries may hold secrets. */
  private static String shown(Target target) {
    String site = target.authority().isEmpty() ? "" : "//" + target.authority();
    return site + target.path() + (target.path().equals(target.resource()) ? "" : "?...");
  }

  boolean hasKey(String key) {
    return keys.test(key);
  }

  /** Whether what stands under a key that is meant is meant, too. */
  boolean has(Stored each) {
    return stored.test(each);
  }

  /** For logs and events, without a query. */
  @Override
  public String toString() {
    return words;
  }

  private interface Comparison {
    boolean test(String resource, String wanted);
  }
}
