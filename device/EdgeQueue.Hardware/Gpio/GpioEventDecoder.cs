using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Gpio;

/// <summary>
/// From line events to key changes. The kernel has already turned an active-low line round: rising is pressed. A gap in
/// the line's sequence numbers means that its buffer overflowed (linux/gpio.h, gpio_v2_line_event.line_seqno).
/// </summary>
internal sealed class GpioEventDecoder(string name, KeyCode key)
{
    private uint sequence;
    private bool down;
    private long last;

    public void Take(in GpioAbi.LineEvent @event, Action<InputArrival> tell)
    {
        if (@event.LineSequence != sequence + 1)
        {
            tell(new PressesLost(name));
        }

        sequence = @event.LineSequence;
        last = (long)@event.Timestamp;
        var pressed = @event.Id == GpioAbi.EventRisingEdge;
        if (pressed != down)
        {
            down = pressed;
            tell(new KeyChanged(key, pressed, last));
        }
    }

    /// <summary>The line is gone: nobody holds the button any more.</summary>
    public void Release(Action<InputArrival> tell)
    {
        if (down)
        {
            down = false;
            tell(new KeyChanged(key, false, last));
        }
    }
}
