/// Makes an episode that fails as short as it can within some tries: steps are left out, then the rest is made simpler.
package enum Shrinker {
    package static func shrink(_ failure: Machine.Failure, tries: Int = 400) async throws -> Machine.Failure {
        var best = failure
        var left = tries
        func fails(_ steps: [Step], _ kinds: (SideKind, SideKind)) async throws -> Bool {
            if left <= 0 { return false }
            left -= 1
            let episode = Episode(left: kinds.0, right: kinds.1, steps: steps)
            guard let failure = try await Machine.play(episode) else { return false }
            best = failure
            return true
        }
        var size = max(1, best.episode.steps.count / 2)
        while size >= 1, left > 0 {
            var at = 0
            var hasShrunk = false
            while at < best.episode.steps.count, left > 0 {
                var steps = best.episode.steps
                steps.removeSubrange(at..<min(at + size, steps.count))
                if try await fails(steps, (best.episode.left, best.episode.right)) {
                    hasShrunk = true
                } else {
                    at += size
                }
            }
            if size == 1, !hasShrunk { break }
            size = max(1, size / 2)
        }
        for kinds in [(SideKind.jsonl, best.episode.right), (best.episode.left, .jsonl)] {
            _ = try await fails(best.episode.steps, kinds)
        }
        for at in best.episode.steps.indices {
            for number in 0..<3 where best.episode.steps[at].numbers[number] > 1 {
                for simple in [0, 1] {
                    var steps = best.episode.steps
                    steps[at].numbers[number] = simple
                    if try await fails(steps, (best.episode.left, best.episode.right)) { break }
                }
            }
        }
        return best
    }
}
