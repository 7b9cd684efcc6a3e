import Diagnostics

/// One step of many, which may lead in a circle.
struct CircleStep<Node: Hashable> {
    var from: Node
    var to: Node
    var place: Place
}

/// Finds circles by walking along the steps, depth first, without recursion.
struct CircleSearch<Node: Hashable> {
    private var steps: [Node: [CircleStep<Node>]] = [:]
    private var starts: [Node] = []
    private var finished: Set<Node> = []
    /// Past so many circles a person starts to untangle them anyway.
    private static var most: Int { 20 }

    init(_ steps: [CircleStep<Node>]) {
        for step in steps {
            if self.steps[step.from] == nil { starts.append(step.from) }
            self.steps[step.from, default: []].append(step)
        }
    }

    /// Each circle once, as the steps around it, from the node that stands first.
    func circles() -> [[CircleStep<Node>]] {
        var search = self
        var circles: [[CircleStep<Node>]] = []
        for start in starts where !search.finished.contains(start) && circles.count < Self.most {
            circles += search.walk(from: start)
        }
        return circles
    }

    private mutating func walk(from start: Node) -> [[CircleStep<Node>]] {
        var circles: [[CircleStep<Node>]] = []
        var path: [CircleStep<Node>] = []
        var onPath: Set<Node> = [start]
        var pending: [(node: Node, next: Int)] = [(start, 0)]
        while let (node, next) = pending.last {
            guard let steps = steps[node], next < steps.count else {
                finished.insert(node)
                onPath.remove(node)
                pending.removeLast()
                _ = path.popLast()
                continue
            }
            pending[pending.count - 1].next += 1
            let step = steps[next]
            if onPath.contains(step.to), circles.count < Self.most {
                let begin = path.firstIndex { $0.from == step.to } ?? path.endIndex
                circles.append(path[begin...] + [step])
            } else if !finished.contains(step.to), !onPath.contains(step.to) {
                path.append(step)
                onPath.insert(step.to)
                pending.append((step.to, 0))
            }
        }
        return circles
    }
}
