package dev.gatehouse.cache;

import dev.gatehouse.servlet.Parts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Answers from store what may be, and stores what may be. */
public final class CacheFilter extends HttpFilter {
  private transient Optional<HttpCache> cache;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public CacheFilter() {}

  @Override
  public void init(FilterConfig config) {
    cache = Parts.of(config.getServletContext()).get(Found.class).cache();
  }

  /**
   * What the listener leaves for it.
   *
   * @param cache none if it is turned off
   */
  public record Found(Optional<HttpCache> cache) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (cache.isPresent()) {
      cache.get().serve(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }
}
