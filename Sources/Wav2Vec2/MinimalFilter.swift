import Kernels

/// A convolution of three taps and a stride of two, with seven products of channels for each three frames instead of nine.
///
/// Of frames x, frame t of the output takes x[2t], x[2t+1] and x[2t+2]: with e[t] = x[2t] and o[t] = x[2t+1] that is a
/// convolution of e with two taps and one of o with one, y[t] = e[t]·W₀ + o[t]·W₁ + e[t+1]·W₂. Three outputs of two taps need
/// four products instead of six, F(3,2) in Winograd, "Arithmetic Complexity of Computations", 1980, chapter 3, here with the points
/// 0, 1, −1 and infinity. With u = (e₁ + e₂)·(W₀ + W₂)/2 and v = (e₂ − e₁)·(W₀ − W₂)/2:
///
///     y₀ = (e₀ − e₂)·W₀ + o₀·W₁ + u + v
///     y₁ =                o₁·W₁ + u − v
///     y₂ = (e₃ − e₁)·W₂ + o₂·W₁ + u + v
struct MinimalFilter: Sendable {
    /// Outputs for which six frames, and the first of the next six, are made into seven rows.
    private static let outputs = 3
    private static let rows = 7
    /// Frames that a group takes.
    private static let frames = 7
    /// Groups worked on at once: their rows and a panel of weights stay in the second-level cache.
    static let groupsPerTile = 48

    private let channels: Int
    /// (W₀ + W₂)/2, (W₀ − W₂)/2, W₁: each C×C′.
    private let sum: PackedMatrix
    private let difference: PackedMatrix
    private let middle: PackedMatrix
    /// W₀ above W₁ and W₁ above W₂: each 2C×C′.
    private let first: PackedMatrix
    private let last: PackedMatrix

    /// The weight is outputs × inputs × 3, as PyTorch's `Conv1d` stores it.
    init(_ weight: [Float], outputs: Int, inputs: Int, precision: Precision = .float32) {
        channels = inputs
        let taps = (0..<3).map { tap in stride(from: tap, to: weight.count, by: 3).map { weight[$0] } }
        func packed(_ values: [Float]) -> PackedMatrix {
            PackedMatrix(linear: values, outputs: outputs, inputs: inputs, precision: precision)
        }
        func packed(_ first: [Float], above second: [Float]) -> PackedMatrix {
            PackedMatrix(
                convolution: zip(first, second).flatMap { [$0, $1] }, outputs: outputs, inputs: inputs, taps: 2,
                precision: precision)
        }
        sum = packed(zip(taps[0], taps[2]).map { ($0 + $1) / 2 })
        difference = packed(zip(taps[0], taps[2]).map { ($0 - $1) / 2 })
        middle = packed(taps[1])
        first = packed(taps[0], above: taps[1])
        last = packed(taps[1], above: taps[2])
    }

    /// Some frames of the output, the first of them a multiple of three.
    ///
    /// - Parameters:
    ///   - x: the frames from the first that the first output takes to the last that the last takes, ×C.
    ///   - y: ×C′.
    func apply(to x: Matrix, into y: Matrix, _ finish: Finish, _ workspace: Workspace) {
        let groups = (y.rows + Self.outputs - 1) / Self.outputs
        let sorted = workspace.matrix(.filterFrames, rows: groups, columns: Self.rows * channels)
        sort(x, into: sorted, workspace)
        let u = workspace.matrix(.evenPart, rows: groups, columns: y.columns)
        let v = workspace.matrix(.oddPart, rows: groups, columns: y.columns)
        multiply(part(sorted, 2..<3), sum, into: u, workspace.scratch)
        multiply(part(sorted, 3..<4), difference, into: v, workspace.scratch)
        combine(u, -1, v, into: u)
        combine(u, 2, v, into: v)
        let products = [(0..<2, first, v), (4..<5, middle, u), (5..<7, last, v)]
        for (place, (rows, weights, shared)) in products.enumerated() where place < y.rows {
            let count = (y.rows - place + Self.outputs - 1) / Self.outputs
            multiply(
                part(sorted, rows).rows(0..<count), weights, into: y.every(Self.outputs, from: place),
                onto: shared.rows(0..<count), bias: finish.bias, throughGELU: finish.throughGELU, workspace.scratch)
        }
    }

    private func part(_ sorted: Matrix, _ rows: Range<Int>) -> Matrix {
        sorted.columns(rows.lowerBound * channels..<rows.upperBound * channels)
    }

    /// Group g ← e₀ − e₂, o₀, e₁ + e₂, e₂ − e₁, o₁, o₂, e₃ − e₁ of the frames from 6g on; frames beyond the last are zero.
    private func sort(_ x: Matrix, into sorted: Matrix, _ workspace: Workspace) {
        let whole = x.windowCount(width: Self.frames, step: 6)
        if whole > 0 { sortWhole(x, into: sorted.rows(0..<whole)) }
        guard whole < sorted.rows else { return }
        let rest = x.rows(6 * whole..<x.rows)
        let filled = workspace.matrix(.lastFilterFrames, rows: Self.frames, columns: channels)
        copy(rest, into: filled.rows(0..<rest.rows))
        clear(filled.rows(rest.rows..<Self.frames))
        sortWhole(filled, into: sorted.rows(whole..<sorted.rows))
    }

    private func sortWhole(_ x: Matrix, into sorted: Matrix) {
        func frame(_ index: Int) -> Matrix { x.every(6, from: index).rows(0..<sorted.rows) }
        func place(_ index: Int) -> Matrix { part(sorted, index..<index + 1) }
        combine(frame(0), -1, frame(4), into: place(0))
        copy(frame(1), into: place(1))
        combine(frame(2), 1, frame(4), into: place(2))
        combine(frame(4), -1, frame(2), into: place(3))
        copy(frame(3), into: place(4))
        copy(frame(5), into: place(5))
        combine(frame(6), -1, frame(2), into: place(6))
    }
}
