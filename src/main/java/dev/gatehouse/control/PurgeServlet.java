package dev.gatehouse.control;

import dev.gatehouse.auth.FormToken;
import dev.gatehouse.cache.CacheFilter;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.cache.PurgeScope;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import dev.gatehouse.status.JsonAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /_proxy/cache/purge} has stored responses forgotten, or makes them stale. Who gets
 * here has the admin key; whether they meant it is decided here.
 */
public final class PurgeServlet extends HttpServlet {
  private static final Logger LOG = LoggerFactory.getLogger(PurgeServlet.class);
  private static final int LONGEST = 200; // of what is told of in the events

  private transient Optional<HttpCache> cache;
  private transient EventLog events;
  private transient Wishes wishes;
  private transient JsonAnswer json;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public PurgeServlet() {}

  /**
   * What was done.
   *
   * @param purged responses that are gone, or were fresh and are stale
   * @param scope which were meant, without a query
   */
  public record Done(long purged, boolean soft, String scope) {}

  @Override
  public void init() {
    Parts parts = Parts.of(getServletContext());
    cache = parts.get(CacheFilter.Found.class).cache();
    events = parts.get(EventLog.class);
    wishes = new Wishes(parts.get(FormToken.class));
    json = new JsonAnswer();
  }

  @Override
  public void destroy() {
    json.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("POST")) {
      OwnAnswer.send(
          request,
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          own -> own.setHeader("Allow", "POST")); // RFC 9110 §15.5.6
      return;
    }
    try {
      Form form = Form.of(request);
      Wish wish = wishes.of(request, form);
      Done done = purge(PurgeForm.scope(form), PurgeForm.isSoft(form), wish);
      if (form.has(Wishes.TOKEN)) {
        Wishes.backToPage(request, response);
      } else {
        json.send(response, HttpServletResponse.SC_OK, done);
      }
    } catch (RefusedException e) {
      Wishes.refuse(request, response, e);
    }
  }

  private Done purge(PurgeScope scope, boolean soft, Wish wish) throws RefusedException {
    HttpCache own =
        cache.orElseThrow(
            () ->
                new RefusedException(
                    HttpServletResponse.SC_CONFLICT, "The cache is off: proxy.cache.enabled."));
    long count = own.purge(scope, soft);
    String words = Wish.fit(scope.toString());
    String shown = words.length() > LONGEST ? words.substring(0, LONGEST) + "..." : words;
    String what = (soft ? "made stale: " : "purged: ") + count + " responses, " + shown;
    LOG.info("Cache: {}, by {}: {}", what, wish.by(), wish.reasonOrNone());
    events.add("", "", what, wish.reasonOrNone(), wish.by());
    return new Done(count, soft, words);
  }
}
