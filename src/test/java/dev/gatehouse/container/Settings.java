package dev.gatehouse.container;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parameters for a deployment under test. */
public final class Settings {
  public static final String KEY = "test-api-key-123";
  public static final String ADMIN_KEY = "admin-key-0123456789abcdef";
  public static final String KEY_LINE = "X-API-Key: " + KEY;
  public static final String ADMIN_LINE = "X-API-Key: " + ADMIN_KEY;

  private Settings() {}

  /** Those backends, quick checks, and a key for traffic and one for our pages. */
  public static Map<String, String> of(Backend... backends) {
    return of(Stream.of(backends).map(Backend::url).toList());
  }

  /** The same for any URLs. */
  public static Map<String, String> of(List<URI> backends) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "proxy.backends", backends.stream().map(URI::toString).collect(Collectors.joining(",")));
    settings.put("proxy.health.path", Backend.HEALTH);
    settings.put("proxy.health.interval", "500ms");
    settings.put("proxy.shutdownTimeout", "1s"); // what tests leave under way is not waited for
    settings.put(
        "proxy.auth.apiKeys", "test:" + KEY + ",admin:" + ADMIN_KEY + ";scopes=proxy admin");
    return settings;
  }

  /** More parameters: names and values in turn. */
  public static Map<String, String> with(Map<String, String> settings, String... more) {
    Map<String, String> all = new HashMap<>(settings);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }
}
