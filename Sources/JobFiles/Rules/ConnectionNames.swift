import Diagnostics
import Model

extension Rule {
    /// The connections that a job names must be in `connections.yaml`.
    static let connectionNames = Rule { subject, findings in
        let known = subject.drafts.connections.map { $0.connections.map(\.name.content) }
        if subject.drafts.connections?.isReadable == false { return }
        for job in subject.drafts.jobs {
            for side in Side.allCases {
                guard let name = job.connections[side], Naming.isName(name.content),
                    subject.connection(name.content) == nil
                else { continue }
                findings.add(
                    .unknownConnection, "no connection is named '\(name.content)'", at: name.place,
                    hint: advice(name.content, known))
            }
        }
    }

    private static func advice(_ name: String, _ known: [String]?) -> String {
        guard let known else { return "there is no connections.yaml" }
        if let near = didYouMean(name, among: known) { return near }
        if known.isEmpty { return "connections.yaml has none" }
        return known.count <= 8
            ? "connections.yaml has \(listed(known, joinedBy: "and"))" : "add it to connections.yaml"
    }
}
