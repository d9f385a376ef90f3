package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.CacheConfig.SetCookie;
import dev.gatehouse.http.CacheControl;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.HttpDate;
import dev.gatehouse.http.Overriding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a response may be stored, and what of it (RFC 9111 §3): no clock, no I/O. */
public final class StoragePolicy {
  private final CacheConfig config;
  private final FreshnessPolicy freshness;
  private final FreshnessPolicy stated; // as the origin says, whatever we would suppose

  public StoragePolicy(CacheConfig config) {
    this.config = config;
    freshness = new FreshnessPolicy(config.rules());
    stated = new FreshnessPolicy(config.rules().withoutDefaultTtl());
  }

  /**
   * Decides on a response of which only the head is there; and again on a stored one with the
   * fields that it has after it was validated (§3.2).
   *
   * @param method of the request; where an answer to POST is stored, it is one to this POST, or (if
   *     its Content-Location allows, which is not asked here) to GET
   * @param request the request's fields, as they were sent to the origin
   * @param asked when the request was sent
   * @param received when the response's head came
   */
  public StorageDecision decide(
      String method, Fields request, int status, Fields response, Instant asked, Instant received) {
    ResponseDirectives directives =
        ResponseDirectives.of(response, config.rules().targetedHeaders());
    Optional<Refusal> refusal =
        ofRequest(method, request)
            .or(() -> ofStatus(status, directives))
            .or(() -> ofDirectives(request, directives))
            .or(() -> ofFields(response, directives));
    if (refusal.isPresent()) {
      return new StorageDecision.Refuse(refusal.get());
    }
    FreshnessPolicy policy = request.has("Cookie") && !keyed("Cookie") ? stated : freshness;
    Freshness fresh = policy.of(status, response, directives, asked, received);
    boolean allowed = isAllowed(method, status, directives, directives.statesLifetime(response));
    boolean usable = isUsable(fresh);
    if (!allowed || !(usable || Validators.has(response))) {
      return new StorageDecision.Refuse(Refusal.NO_FRESHNESS);
    }
    Fields kept = kept(response, directives, received);
    return usable || Validators.has(kept)
        ? new StorageDecision.Store(kept, tags(response), fresh)
        : new StorageDecision.Refuse(Refusal.NO_FRESHNESS);
  }

  private Optional<Refusal> ofRequest(String method, Fields request) {
    boolean kept =
        switch (method) {
          case "GET", "QUERY" -> config.key().methods().contains(method);
          case "POST" ->
              config.key().methods().contains(method) || config.rules().postContentLocation();
          default -> false; // HEAD has no body to keep; it only tells of one (§4.3.5)
        };
    if (!kept || namesMethod(request)) {
      return Optional.of(Refusal.METHOD);
    }
    boolean secret = // §5.2.1.5
        config.rules().requestDirectives()
            && CacheControl.parse(request.all("Cache-Control")).noStore();
    return secret ? Optional.of(Refusal.REQUEST_NO_STORE) : Optional.empty();
  }

  /** Whether it asks for another method than its own, which some origins then carry out. */
  static boolean namesMethod(Fields request) {
    for (int i = 0; i < request.size(); i++) {
      if (Overriding.isMethod(request.name(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether requests are told apart by the field without Vary. */
  private boolean keyed(String name) {
    return config.key().headers().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static Optional<Refusal> ofStatus(int status, ResponseDirectives directives) {
    if (status == 206) {
      return Optional.of(Refusal.PARTIAL); // §3.3: we do not combine parts
    }
    boolean known = !directives.control().mustUnderstand() || Statuses.isUnderstood(status); // §3
    if (!Statuses.isForAnybody(status)) {
      return Optional.of(Refusal.CLIENT);
    }
    return known ? Optional.empty() : Optional.of(Refusal.STATUS);
  }

  private static Optional<Refusal> ofDirectives(Fields request, ResponseDirectives directives) {
    CacheControl control = directives.control();
    // §5.2.2.3: who understands the status, as was seen, ignores no-store
    if (control.noStore() && !control.mustUnderstand()) {
      return Optional.of(Refusal.NO_STORE);
    }
    if (directives.isPrivate()) {
      return Optional.of(Refusal.PRIVATE);
    }
    boolean shareable = // §3.5
        control.isPublic() || control.mustRevalidate() || control.sMaxage().isPresent();
    return request.has("Authorization") && !shareable
        ? Optional.of(Refusal.AUTHORIZATION)
        : Optional.empty();
  }

  private Optional<Refusal> ofFields(Fields response, ResponseDirectives directives) {
    if (keepsCookies(response, directives) && !mayKeepCookies(response, directives)) {
      return Optional.of(Refusal.SET_COOKIE);
    }
    if (variesByAnything(response.all("Vary"))) {
      return Optional.of(Refusal.VARY_STAR);
    }
    return isTooLarge(response.first("Content-Length"))
        ? Optional.of(Refusal.TOO_LARGE)
        : Optional.empty();
  }

  private static boolean keepsCookies(Fields response, ResponseDirectives directives) {
    return isKept("Set-Cookie", response, directives)
        || isKept("Set-Cookie2", response, directives);
  }

  private static boolean isKept(String name, Fields response, ResponseDirectives directives) {
    return response.has(name) && !directives.withheld().contains(name);
  }

  private boolean mayKeepCookies(Fields response, ResponseDirectives directives) {
    SetCookie rule = config.rules().setCookie();
    return rule != SetCookie.NEVER
        && directives.statesLifetime(response)
        && (rule == SetCookie.RFC || directives.addressesUs());
  }

  /** RFC 9110 §12.5.5: a {@code *} anywhere in the list, and nobody's request will match. */
  private static boolean variesByAnything(List<String> vary) {
    for (String line : vary) {
      int start = 0;
      while (start <= line.length()) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        if (line.substring(start, end).strip().equals("*")) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }

  private boolean isTooLarge(Optional<String> contentLength) {
    try {
      return contentLength.isPresent()
          && Long.parseLong(contentLength.get().strip()) > config.maxObjectSize();
    } catch (NumberFormatException e) {
      return true; // nobody can tell when it is whole
    }
  }

  /** §3, last item; by RFC 9110 §9.3.3, a POST needs a stated lifetime. */
  private static boolean isAllowed(
      String method, int status, ResponseDirectives directives, boolean stated) {
    boolean usual = directives.control().isPublic() || Statuses.isHeuristicallyCacheable(status);
    return stated || (usual && !method.equals("POST"));
  }

  /** Whether it will ever be used without validation. */
  private static boolean isUsable(Freshness freshness) {
    Duration until = freshness.lifetime().plus(freshness.staleWhileRevalidate());
    return !freshness.alwaysValidate() && freshness.initialAge().compareTo(until) < 0;
  }

  /** §3.1: all, but what is for one connection, or withheld from us. */
  private Fields kept(Fields response, ResponseDirectives directives, Instant received) {
    Set<String> nominated = HopByHop.nominated(response.all("Connection"));
    Set<String> withheld = directives.withheld();
    Fields kept =
        response.keep(
            name ->
                !HopByHop.always(name)
                    && !nominated.contains(name)
                    && !withheld.contains(name)
                    && !name.equalsIgnoreCase("Age") // made anew at each use (§4)
                    && !config.isTag(name));
    return kept.has("Date") ? kept : kept.plus("Date", HttpDate.format(received)); // 9110 §6.6.1
  }

  private Fields tags(Fields response) {
    return response.keep(config::isTag);
  }
}
