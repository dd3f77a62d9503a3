using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

internal static partial class TypeNames
{
    private static Type[] CallingEvents => [typeof(MeanServiceLearned), typeof(WishesTold), typeof(PersonWaitEnded)];
}
