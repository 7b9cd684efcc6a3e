/// Many episodes, each from its seed.
package struct Campaign: Sendable {
    package var kinds: [SideKind]
    /// How many failures are shrunk and told; the rest are only counted.
    package var patience = 5

    package init(kinds: [SideKind]) { self.kinds = kinds }

    /// - Returns: what fails, with its seed, shrunk.
    package func play(_ seeds: Range<UInt64>, lanes: Int) async throws -> [CampaignFailure] {
        try await withThrowingTaskGroup(of: [CampaignFailure].self) { group in
            for lane in 0..<UInt64(lanes) {
                group.addTask {
                    var failures: [CampaignFailure] = []
                    for seed in seeds where seed % UInt64(lanes) == lane {
                        let episode = Episode(seed: seed, kinds: kinds)
                        guard let failure = try await Machine.play(episode) else { continue }
                        let isTold = failures.count < patience
                        failures.append(
                            CampaignFailure(seed: seed, failure: isTold ? try await Shrinker.shrink(failure) : failure))
                    }
                    return failures
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

/// An episode that fails, with the seed that it came from.
package struct CampaignFailure: Sendable, CustomStringConvertible {
    package let seed: UInt64
    package let failure: Machine.Failure

    package var description: String { "seed \(seed), shrunk: \(failure)" }
}
