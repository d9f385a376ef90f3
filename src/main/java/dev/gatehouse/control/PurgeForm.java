package dev.gatehouse.control;

import dev.gatehouse.cache.PurgeScope;
import dev.gatehouse.cache.Tags;
import java.util.Set;

/** What a form wants purged. */
final class PurgeForm {
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422; // RFC 9110 §15.5.21
  private static final String[] WAYS = {"url", "prefix", "tag", "all"};

  private PurgeForm() {}

  /** By one of four ways, so that nobody purges more than was meant by a second one. */
  static PurgeScope scope(Form form) throws RefusedException {
    form.onlyHas(Set.of("url", "prefix", "tag", "all", "soft", Wishes.REASON, Wishes.TOKEN));
    String way = "";
    for (String each : WAYS) {
      if (isGiven(form, each)) {
        if (!way.isEmpty()) {
          throw new RefusedException(
              BAD_REQUEST, "Write only one of " + way + " and " + each + ".");
        }
        way = each;
      }
    }
    String value = form.value(way);
    return switch (way) {
      case "url" -> PurgeScope.url(value).orElseThrow(() -> noUrl("url"));
      case "prefix" -> PurgeScope.prefix(value).orElseThrow(() -> noUrl("prefix"));
      case "tag" -> {
        Set<String> tags = Tags.of(value);
        if (tags.isEmpty()) {
          throw new RefusedException(UNPROCESSABLE, "There is no tag in it.");
        }
        yield PurgeScope.tags(tags);
      }
      case "all" -> PurgeScope.all();
      default ->
          throw new RefusedException(
              BAD_REQUEST, "Write url=, prefix= or tag=, or all=true for everything.");
    };
  }

  static boolean isSoft(Form form) throws RefusedException {
    return isTrue(form, "soft");
  }

  private static boolean isGiven(Form form, String name) throws RefusedException {
    return name.equals("all") ? isTrue(form, name) : !form.value(name).isEmpty();
  }

  private static boolean isTrue(Form form, String name) throws RefusedException {
    return switch (form.value(name)) {
      case "true", "on" -> true;
      case "", "false", "off" -> false;
      default ->
          throw new RefusedException(
              UNPROCESSABLE, "Write " + name + "=true or " + name + "=false.");
    };
  }

  private static RefusedException noUrl(String name) {
    return new RefusedException(
        UNPROCESSABLE, "Write " + name + "=http://host/path, or " + name + "=/path for all hosts.");
  }
}
