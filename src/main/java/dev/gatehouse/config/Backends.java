package dev.gatehouse.config;

import dev.gatehouse.config.PoolConfig.Backend;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads a pool's backends: {@code url [weight=n] [id=x] [backup]}, with commas between entries. */
public final class Backends {
  private static final int HEAVIEST = 256;

  private final BiConsumer<String, String> refusal;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> urls = new HashSet<>();

  /**
   * @param refusal takes the entry, and what is wrong with it
   */
  private Backends(BiConsumer<String, String> refusal) {
    this.refusal = refusal;
  }

  /** A backend exactly when there is no problem. */
  public record Parsed(Optional<Backend> backend, List<String> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  /** Reads one backend that somebody names at run time, by the same rules. */
  public static Parsed parse(String entry) {
    var problems = new ArrayList<String>();
    String hidden = Problem.withoutUserInfo(entry.strip());
    if (hidden.indexOf(',') >= 0) {
      problems.add("write one backend, without commas");
    }
    Optional<Backend> backend = new Backends((part, reason) -> problems.add(reason)).entry(hidden);
    return new Parsed(problems.isEmpty() ? backend : Optional.empty(), problems);
  }

  /** A backend's share as written; empty if it is none. */
  public static Optional<Integer> parseWeight(String text) {
    return Values.number(text).filter(n -> n >= 1 && n <= HEAVIEST);
  }

  /**
   * At least one, unless a problem was reported.
   *
   * @param name of the parameter that lists them
   */
  static List<Backend> read(Params params, String name) {
    if (!params.sound(name)) {
      return List.of();
    }
    Setting given = params.setting(name);
    // a password may hold a comma: hide it before the list is taken apart
    Setting setting =
        new Setting(given.parameter(), given.source(), Problem.withoutUserInfo(given.value()));
    var reader = new Backends((part, reason) -> params.refuse(setting, part, reason));
    var backends = new ArrayList<Backend>();
    Params.list(setting).forEach(entry -> reader.entry(entry).ifPresent(backends::add));
    if (backends.isEmpty() && params.sound(name)) {
      params.require(name, "required: write one or more URLs, such as http://127.0.0.1:8080");
    }
    return backends;
  }

  private Optional<Backend> entry(String entry) {
    String[] words = entry.split("\\s+", -1);
    Optional<URI> url = url(words[0], entry);
    String id = url.map(URI::getRawAuthority).orElse("");
    int weight = 1;
    boolean backup = false;
    for (int i = 1; i < words.length; i++) {
      String value = words[i].substring(words[i].indexOf('=') + 1);
      if (words[i].startsWith("weight=")) {
        weight = weight(value, entry);
      } else if (words[i].startsWith("id=")) {
        id = id(value, entry);
      } else if (words[i].equals("backup")) {
        backup = true;
      } else {
        refuse(entry, "write url [weight=n] [id=x] [backup], and commas between backends");
      }
    }
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!urls.add(normal(url.get()))) {
      refuse(entry, "this URL is given twice");
    } else if (!ids.add(id)) {
      refuse(entry, "another backend has the id " + id + ": give one of them id=...");
    }
    return Optional.of(new Backend(id, url.get(), weight, backup));
  }

  private Optional<URI> url(String text, String entry) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      return refuse(entry, "a backend's URL must start with http:// or https://");
    }
    int colon = text.indexOf(':');
    Optional<URI> uri = Syntax.uri(lower.substring(0, colon) + text.substring(colon));
    if (uri.isEmpty()) {
      return refuse(entry, "not a URL");
    }
    return uri.filter(parsed -> isGood(parsed, entry));
  }

  private boolean isGood(URI uri, String entry) {
    if (String.valueOf(uri.getRawAuthority()).contains("@")) {
      refuse(entry, "a backend's URL may hold no user or password");
    } else if (uri.getHost() == null) {
      refuse(entry, "no host, or one that is not of letters, digits, dots and hyphens only");
    } else if (!Syntax.hasGoodPort(uri)) {
      refuse(entry, "the port must be from 1 to 65535");
    } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      refuse(entry, "a backend's URL may have a path, but no ? or #");
    } else {
      return true;
    }
    return false;
  }

  private int weight(String text, String entry) {
    Optional<Integer> weight = parseWeight(text);
    if (weight.isEmpty()) {
      refuse(entry, "the weight must be a whole number from 1 to " + HEAVIEST);
    }
    return weight.orElse(1);
  }

  private String id(String id, String entry) {
    if (!isId(id)) {
      refuse(entry, "an id is of letters, digits, dots, hyphens and underscores");
    }
    return id;
  }

  /** It is a segment of a path, too, where dots alone would mean something else (RFC 3986 §3.3). */
  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      if (!plain && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && !text.equals(".") && !text.equals("..");
  }

  private <T> Optional<T> refuse(String entry, String reason) {
    refusal.accept(entry, reason);
    return Optional.empty();
  }

  /** The same for URLs that mean the same (RFC 9110 §4.2.3). */
  private static String normal(URI url) {
    int usual = url.getScheme().equals("https") ? 443 : 80;
    int port = url.getPort() == -1 ? usual : url.getPort();
    String path = url.getRawPath().endsWith("/") ? url.getRawPath() : url.getRawPath() + "/";
    return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port + path;
  }
}
