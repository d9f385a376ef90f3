package dev.gatehouse.cache;

import java.util.List;

/**
 * Stands under the key of a resource that varies, or that fronts have something of: by which fields
 * it does, and where its variants and theirs are. Neither's new beginning concerns the others.
 *
 * <p>A final class and no record, as {@link StoredResponse} is. Immutable.
 */
public final class VaryIndex implements Stored {
  private final long generation;
  private final List<List<String>> names;
  private final int variants;
  private final long frontsGeneration;
  private final int fronts;

  /**
   * Keeps these.
   *
   * @param generation part of all variants' keys; another one, and none of them is found
   * @param names the lists of field names that Vary has had, in lower case and sorted, the newest
   *     first; an empty list: it once had none
   * @param variants how many were stored, at least those that are there
   * @param frontsGeneration the same for the keys of all fronts
   * @param fronts how many have come, at least those that are there
   */
  public VaryIndex(
      long generation, List<List<String>> names, int variants, long frontsGeneration, int fronts) {
    this.generation = generation;
    this.names = List.copyOf(names);
    this.variants = variants;
    this.frontsGeneration = frontsGeneration;
    this.fronts = fronts;
  }

  /** The same fronts, but other variants. */
  VaryIndex withVariants(long generation, List<List<String>> names, int variants) {
    return new VaryIndex(generation, names, variants, frontsGeneration, fronts);
  }

  /** The same variants, but other fronts. */
  VaryIndex withFronts(long generation, int fronts) {
    return new VaryIndex(this.generation, names, variants, generation, fronts);
  }

  public long generation() {
    return generation;
  }

  public List<List<String>> names() {
    return names;
  }

  public int variants() {
    return variants;
  }

  public long frontsGeneration() {
    return frontsGeneration;
  }

  public int fronts() {
    return fronts;
  }
}
