import CEL
import Diagnostics
import Model

extension Advice {
    /// A filter that no record can pass, or that every record passes.
    static let filterTruth = Advice { meant, findings in
        for (_, sync) in meant.syncs {
            for side in Side.allCases {
                let collection = sync.collections[side]
                guard let filter = collection.filter, let place = collection.filterPlace else { continue }
                switch FilterTrial([filter]).verdict {
                case .never:
                    findings.add(
                        .filterNever,
                        "this filter is never true: no record of '\(shortened(collection.name))' passes it",
                        at: place)
                case .always:
                    findings.add(
                        .filterAlways, "this filter is always true: every record passes it", at: place,
                        hint: "leave it out")
                case .depends: break
                }
            }
        }
    }
}
