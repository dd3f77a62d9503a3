using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Contracts.Cloud;

public sealed class AckMessageTests
{
    [Fact]
    public void The_hash_is_that_of_everybody_else() =>
        // printf '{"type":"x"}' | sha256sum | cut -c 1-16
        Assert.Equal("c432d16d2a54b09f", AckMessage.HashOf("""{"type":"x"}"""u8));
}
